//! The SQL of the folders. `ARVEL_UPDATE_GOLDEN=1 cargo test -p arvel-tests --test conformance golden` rewrites it.

use std::{collections::BTreeSet, fs};

use arvel_migrate::testing::dialects;

use crate::{
    case::{Case, folder},
    cases, render,
};

/// The file of a dialect's SQL: `postgresql` is `postgres.sql` as everywhere else.
pub(crate) fn file_of(display_name: &str) -> String {
    format!("{}.sql", display_name.to_lowercase().replace("postgresql", "postgres"))
}

#[test]
fn the_sql_is_what_the_dialects_write() {
    let update = std::env::var_os("ARVEL_UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for name in cases::NAMES {
        let case = Case::find(name);
        for (display_name, dialect) in dialects() {
            let page = render::page(&*dialect, &case);
            let path = folder(name).join(file_of(display_name));
            if update {
                fs::write(&path, &page).unwrap();
            }
            let found = fs::read_to_string(&path).unwrap_or_default();
            if found != page {
                wrong.push(format!(
                    "tests/golden/{name}/{} says\n{found}\nand {display_name} writes\n{page}",
                    file_of(display_name)
                ));
            }
        }
    }
    let hint = "look, then run `ARVEL_UPDATE_GOLDEN=1 cargo test -p arvel-tests --test conformance golden`";
    assert!(wrong.is_empty(), "{}\n{hint}", wrong.join("\n"));
}

#[test]
fn every_folder_is_in_the_list_and_has_its_files() {
    let known: BTreeSet<String> = ["0_before.rs", "1_migration.rs", "rows.sql"]
        .map(str::to_owned)
        .into_iter()
        .chain(dialects().iter().map(|(name, _)| file_of(name)))
        .collect();
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder("")).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for file in fs::read_dir(&path).unwrap() {
            let file = file.unwrap().file_name().to_string_lossy().into_owned();
            assert!(known.contains(&file), "tests/golden/{name}/{file} is read by nobody");
        }
        let before = path.join("0_before.rs").exists();
        assert_eq!(before, Case::find(&name).before.is_some(), "{name}: list it with `before`");
        names.insert(name);
    }
    let listed: BTreeSet<String> = cases::NAMES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(names, listed, "the folders of tests/golden and the list in tests/conformance/cases.rs");
}
