//! Fails the build when a migration or a seeder is missing from its folder's `mod.rs`. Written by `arvel db init`.

use std::{collections::BTreeSet, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build.rs\ncargo::rerun-if-changed=src");
    // A folder elsewhere is guarded by an entry of its own.
    let mut folders = vec![("database/migrations".to_owned(), "m_"), ("database/seeders".to_owned(), "")];
    // Those of other lines and databases: their `mod.rs` says so.
    for entry in fs::read_dir("database").into_iter().flatten().flatten() {
        let folder = format!("database/{}", entry.file_name().to_string_lossy());
        let module = fs::read_to_string(Path::new(&folder).join("mod.rs")).unwrap_or_default();
        if folder != "database/migrations" && module.contains("line!(") {
            folders.push((folder, "m_"));
        }
    }
    for (folder, prefix) in folders {
        if Path::new(&folder).is_dir() {
            println!("cargo::rerun-if-changed={folder}");
            guard(&folder, prefix);
        }
    }
}

/// Compares a folder with its `mod.rs`. A nested folder is listed there too, unless it has a `mod.rs` of its own.
fn guard(folder: &str, prefix: &str) {
    let (mut files, mut open) = (BTreeSet::new(), vec![String::new()]);
    while let Some(nested) = open.pop() {
        let Ok(entries) = fs::read_dir(format!("{folder}/{nested}")) else { continue };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let is_folder = entry.file_type().is_ok_and(|of| of.is_dir());
            if name == "mod.rs" || name.starts_with('.') || (is_folder && prefix.is_empty()) {
                continue;
            }
            match (is_folder, entry.path().join("mod.rs").is_file()) {
                (true, true) => guard(&format!("{folder}/{nested}{name}"), prefix),
                (true, false) => open.push(format!("{nested}{name}/")),
                (false, _) => _ = files.insert(format!("{nested}{name}")),
            }
        }
    }
    let read = |name| fs::read_to_string(Path::new(folder).join(name)).unwrap_or_default();
    let (module, publishing) = (read("mod.rs"), read(".publishing"));
    let code = module.lines().filter(|line| !line.trim_start().starts_with("//"));
    let listed: BTreeSet<&str> = code
        .flat_map(|line| {
            line.split('"').chain(line.trim().strip_prefix("mod ").or(line.trim().strip_prefix("pub mod ")))
        })
        .collect();
    let ours = |name: &str| name.ends_with(".rs") || (name.ends_with(".sql") && !prefix.is_empty());
    for name in files.iter().filter(|name| ours(name)) {
        let stem = name.trim_end_matches(".rs");
        let pending = publishing
            .lines()
            .any(|line| line.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(' ')));
        if pending || listed.contains(name.as_str()) || listed.contains(format!("{stem};").as_str()) {
            continue;
        }
        let word: String = stem.rsplit('/').next().unwrap_or(stem).chars().map(plain).collect();
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
    let gone = |name: &&&str| ours(name) && !files.contains(**name) && !Path::new(folder).join(name).exists();
    for name in listed.iter().filter(gone) {
        println!(
            "cargo::error=`{folder}/mod.rs` lists `{name}`, which is not there; run `arvel make sync`, or take the line out"
        );
    }
}

fn plain(c: char) -> char {
    if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }
}
