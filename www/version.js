/** The version of this page, as the project's Cargo.toml has it: every export names it. */
export const VERSION = "0.1.0";
