//! The crate that holds what no other crate can hold alone: how the crates depend on each other, and what the whole
//! does on real databases. `suite/` asks the library, `cli/` the binaries of `src/bin/`; there is no library here.
