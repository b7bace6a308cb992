//! Writes the registrations that `sql!` in a folder's `mod.rs` would make.

use std::{env, fmt::Write as _, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    for size in bench_sets::SIZES {
        let mut code = String::new();
        for i in 1..=size {
            let (stem, text) = (bench_sets::stem(i), bench_sets::text(i));
            writeln!(
                code,
                "inventory::submit! {{ Registration::new(\"database/migrations/mod.rs\", {stem:?}, \"main\", \
                 \"bench\", Source::Sql {{ text: {text:?} }}) }}"
            )
            .expect("a string takes it");
        }
        fs::write(Path::new(&out).join(format!("n{size}.rs")), code).expect("the output folder takes it");
    }
}
