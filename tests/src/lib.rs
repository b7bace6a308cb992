//! The crate that holds what no other crate can hold alone: how the crates depend on each other, and what the whole
//! does on real databases. Everything is in `suite/`; there is no library.
