//! What must hold for any bytes. The fuzz targets look for inputs against it; the tests of the package `leitmotif` take
//! the same files in and check the committed inputs, and texts made by rule.

pub mod model;
pub mod text;
