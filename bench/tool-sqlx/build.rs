//! Writes the constant that `sqlx::migrate!` would expand to, checksums included.

use std::{env, fmt::Write as _, fs, path::Path};

use sha2::{Digest, Sha384};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let size = bench_sets::SIZES.into_iter().max().unwrap_or_default();
    let mut code = format!("pub static ALL: [Migration; {size}] = [\n");
    for i in 1..=size {
        let (slug, text) = (bench_sets::slug(i), bench_sets::text(i));
        let checksum = Sha384::digest(text.as_bytes());
        writeln!(
            code,
            "Migration {{ version: {}, description: Cow::Borrowed({slug:?}), migration_type: MigrationType::Simple, \
             sql: SqlStr::from_static({text:?}), checksum: Cow::Borrowed(&{:?}), no_tx: false }},",
            20_260_101_000_000_i64 + i as i64,
            &checksum[..]
        )
        .expect("a string takes it");
    }
    code.push_str("];\n");
    fs::write(Path::new(&out).join("all.rs"), code).expect("the output folder takes it");
}
