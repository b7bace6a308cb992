//! The documentation is about this program: its links lead somewhere, its tables name every key, code and command.
//!
//! `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-tests docs` rewrites the pages that are made from the program.

mod commands;
mod errors;
mod examples;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use arvel_core::Exit;

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file with this ending below a folder, relative to the root.
fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path.strip_prefix(root()).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// Compares a page with what the program makes of it, or rewrites it.
fn up_to_date(path: &str, page: &str) {
    let file = root().join(path);
    if std::env::var_os("ARVEL_UPDATE_DOCS").is_some() {
        fs::write(&file, page).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == page,
        "`{path}` is not what the program says; run `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-tests docs`"
    );
}

/// The names in the first column of the tables of a page: `` | `name` | ``.
fn first_column(page: &str) -> BTreeSet<String> {
    let cell = |line: &str| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name.to_owned());
    page.lines().filter_map(cell).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut pages: Vec<String> = files("docs", ".md");
    pages.extend(
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "example-app/README.md"]
            .map(str::to_owned),
    );
    let mut dead = Vec::new();
    for page in pages {
        let text = read(&page);
        let folder = root().join(&page).parent().unwrap().to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(link, _)| link)) {
            let file = link.split('#').next().unwrap_or_default();
            let elsewhere = link.contains("://") || file.is_empty();
            if !elsewhere && !folder.join(file).exists() {
                dead.push(format!("{page}: {link}"));
            }
        }
    }
    assert_eq!(dead, [] as [&str; 0]);
}

#[test]
fn the_summary_lists_every_page() {
    let summary = read("docs/src/SUMMARY.md");
    let missing: Vec<String> = files("docs/src", ".md")
        .into_iter()
        .map(|page| page.trim_start_matches("docs/src/").to_owned())
        .filter(|page| page != "SUMMARY.md" && !summary.contains(&format!("]({page})")))
        .collect();
    assert_eq!(missing, [] as [&str; 0]);
    let index = read("docs/adr/README.md");
    let missing: Vec<String> = files("docs/adr", ".md")
        .into_iter()
        .map(|page| page.trim_start_matches("docs/adr/").to_owned())
        .filter(|page| page != "README.md" && !index.contains(&format!("]({page})")))
        .collect();
    assert_eq!(missing, [] as [&str; 0]);
}

#[test]
fn every_configuration_key_is_in_its_table_and_nothing_else() {
    let page = read("docs/src/configuration.md");
    let (_, table) = page.split_once("\n## Keys\n").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    // The kernel's own keys are private to it: its source is the list.
    let source = read("arvel-core/src/config/keys.rs");
    let (_, core) = source.split_once("const CORE:").unwrap();
    let (core, _) = core.split_once("];").unwrap();
    let core = core.split('"').skip(1).step_by(2);
    let expected: BTreeSet<String> =
        arvel_migrate::settings::KEYS.iter().copied().chain(core).map(str::to_owned).collect();
    assert_eq!(first_column(table), expected);
}

/// Words in capitals that the files which read the environment hold beside its variables.
const NO_VARIABLES: [&str; 7] =
    ["ARVEL_", "ARVEL_TEST_", "CARGO_PKG_VERSION", "FILE", "HOST", "PORT", "WHEN"];

#[test]
fn every_environment_variable_is_in_its_table_and_nothing_else() {
    let page = read("docs/src/configuration.md");
    let (_, table) = page.split_once("\n## Variables\n").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let mut read_in_code = BTreeSet::new();
    for file in
        ["arvel-core/src", "arvel-cli/src", "arvel-migrate/src"].iter().flat_map(|dir| files(dir, ".rs"))
    {
        // What only tests and test suites read is not the program's.
        if ["tests", "/testing/", "json/schemas"].iter().any(|part| file.contains(part)) {
            continue;
        }
        let source = read(&file);
        let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        if !["env::var", "non_empty(", "Surroundings,"].iter().any(|mark| source.contains(mark)) {
            continue;
        }
        let code =
            source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let is_name =
            |text: &&str| text.len() > 2 && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
        let names =
            code.split('"').skip(1).step_by(2).filter(is_name).filter(|name| !NO_VARIABLES.contains(name));
        read_in_code.extend(names.map(str::to_owned));
    }
    assert_eq!(first_column(table), read_in_code);
}

#[test]
fn every_exit_code_is_in_its_table_with_its_meaning() {
    let page = read("docs/src/commands.md");
    for exit in Exit::ALL {
        let row = format!("| {} | {}", exit.0, exit.meaning());
        assert!(page.contains(&row), "`docs/src/commands.md` has no row that begins with `{row}`");
    }
}

#[test]
fn the_readme_shows_a_migration_that_is_compiled_and_the_command_that_ci_runs() {
    let readme = read("README.md");
    let migration = read("example-app/database/migrations/2026_11_20_151000_create_posts_table.rs");
    let code: String = migration
        .lines()
        .filter(|line| !line.trim().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(readme.contains(&code), "README.md does not show the example application's posts:\n{code}");
    let command = "\ncargo test --workspace";
    assert!(
        readme.contains(&command.replace('\n', "$ "))
            && read(".ci/run").contains("cargo test --workspace 2>&1")
    );
}
