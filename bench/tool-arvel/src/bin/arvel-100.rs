//! The measured program with 100 embedded migrations.

use arvel_migrate::migration::{Registration, Source};

include!(concat!(env!("OUT_DIR"), "/n100.rs"));

fn main() {
    tool_arvel::main();
}
