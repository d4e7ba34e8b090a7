/** The version of this page, in every export. The workspace's Cargo.toml holds the same: a test of xtask compares them. */
export const VERSION = "0.1.0";
