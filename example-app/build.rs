//! Fails the build when a migration or a seeder is missing from its folder's `mod.rs`. Written by `arvel db init`.

use std::{collections::BTreeSet, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build.rs\ncargo::rerun-if-changed=src");
    for (folder, prefix) in [("database/migrations", "m_"), ("database/seeders", "")] {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        println!("cargo::rerun-if-changed={folder}");
        let read = |name| fs::read_to_string(Path::new(folder).join(name)).unwrap_or_default();
        let (module, publishing) = (read("mod.rs"), read(".publishing"));
        let code = module.lines().filter(|line| !line.trim_start().starts_with("//"));
        let listed: BTreeSet<&str> = code
            .flat_map(|line| {
                line.split('"')
                    .chain(line.trim().strip_prefix("mod ").or(line.trim().strip_prefix("pub mod ")))
            })
            .collect();
        let ours = |name: &str| name.ends_with(".rs") || (name.ends_with(".sql") && !prefix.is_empty());
        let files: BTreeSet<String> =
            entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        for name in files.iter().filter(|name| ours(name) && *name != "mod.rs" && !name.starts_with('.')) {
            let (stem, pending) = (
                name.trim_end_matches(".rs"),
                publishing.lines().any(|line| line.split(' ').next() == Some(name)),
            );
            if pending || listed.contains(name.as_str()) || listed.contains(format!("{stem};").as_str()) {
                continue;
            }
            let word: String = stem
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
                .collect();
            let pair = name.strip_suffix(".up.sql").or(name.strip_suffix(".down.sql"));
            let line = match (pair, name.ends_with(".rs")) {
                (Some(pair), _) => format!("arvel_migrate::sql!(\"{pair}.up.sql\", \"{pair}.down.sql\");"),
                (None, false) => format!("arvel_migrate::sql!(\"{name}\");"),
                (None, true) => format!("#[path = \"{name}\"] mod {prefix}{word};"),
            };
            println!(
                "cargo::error=`{folder}/{name}` is not listed in `{folder}/mod.rs` and would never run; run `arvel make sync`, or add: {line}"
            );
        }
        for name in listed.iter().filter(|name| ours(name) && !files.contains(**name) && !name.contains('/'))
        {
            println!(
                "cargo::error=`{folder}/mod.rs` lists `{name}`, which is not there; run `arvel make sync`, or take the line out"
            );
        }
    }
}
