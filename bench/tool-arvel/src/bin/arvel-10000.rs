//! The measured program with 10000 embedded migrations.

use arvel_migrate::migration::{Registration, Source};

include!(concat!(env!("OUT_DIR"), "/n10000.rs"));

fn main() {
    tool_arvel::main();
}
