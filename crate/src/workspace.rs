//! Buffers that reading needs, kept from one text to the next.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::features::Extractor;
use crate::scan::Scanner;

/// What one thread reads with.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    pub(crate) extractor: Extractor,
    pub(crate) scanner: Scanner,
}

/// The workspaces that nobody reads with at the moment: as many as there were threads at once.
#[derive(Default)]
#[expect(clippy::vec_box, reason = "one is taken out and put back for each text: half a kilobyte to move")]
pub(crate) struct Workspaces {
    #[cfg(feature = "std")]
    idle: std::sync::Mutex<Vec<Box<Workspace>>>,
    /// Without the standard library there is one thread.
    #[cfg(not(feature = "std"))]
    idle: core::cell::RefCell<Vec<Box<Workspace>>>,
}

impl Workspaces {
    /// Does some work with a workspace that nobody else has.
    pub(crate) fn lend<R>(&self, work: impl FnOnce(&mut Workspace) -> R) -> R {
        let mut workspace = self.idle(|idle| idle.pop()).unwrap_or_default();
        let done = work(&mut workspace);
        // One immense paragraph must not be remembered for ever.
        if workspace.scanner.is_small() {
            self.idle(|idle| idle.push(workspace));
        }
        done
    }

    fn idle<R>(&self, with: impl FnOnce(&mut Vec<Box<Workspace>>) -> R) -> R {
        #[cfg(feature = "std")]
        let mut idle = self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        #[cfg(not(feature = "std"))]
        let mut idle = self.idle.borrow_mut();
        with(&mut idle)
    }
}

impl Clone for Workspaces {
    /// New ones: they hold nothing but room.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl core::fmt::Debug for Workspaces {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        f.write_str("Workspaces")
    }
}
