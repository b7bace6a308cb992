//! The measured program with 1000 embedded migrations.

use arvel_migrate::migration::{Registration, Source};

include!(concat!(env!("OUT_DIR"), "/n1000.rs"));

fn main() {
    tool_arvel::main();
}
