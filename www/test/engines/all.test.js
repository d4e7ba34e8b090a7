/**
 * All tests of all browsers in one process, so that each browser starts once. Some of them alone: node --test with files of this
 * folder, and what crate/xtask/src/test.rs sets.
 */

// One after the other, as listed: what a module waits for would else decide the order.
for (const name of ["reading", "golden", "packed", "embed", "keyboard", "take", "storage", "attacks", "many", "offline"]) await import(`./${name}.js`);
