//! Packages outside this workspace, with an application beside them, as other people have them: built by cargo, without a network.
//!
//! One is written from the code blocks of `docs/src/packages.md` alone, and its commands are those of the page; the other is what
//! `make package` makes. The crates of this workspace stand in for the registry. What this workspace has built of other crates is used
//! again, so both share its target folder.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use arvel_migrate::{Migrator, project::BUILD_RS};

use crate::packages::skipped;

/// The crates that a registry would have.
const CRATES: [(&str, &str); 5] = [
    ("arvel-core", "arvel-core"),
    ("arvel-macros", "arvel-macros"),
    ("arvel-migrate", "arvel-migrate"),
    ("arvel-cli", "arvel-cli"),
    ("arvel-auth", "plugins/arvel-auth"),
];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// A folder that is no part of the workspace, in which cargo finds its crates.
struct Outside(tempfile::TempDir);

impl Outside {
    /// Nothing when there is no cargo.
    fn new() -> Option<Self> {
        if Self::cargo().arg("--version").output().is_err() {
            skipped("there is no cargo");
            return None;
        }
        let home = tempfile::tempdir().unwrap();
        // `target/debug/bare-app`
        let target = Path::new(env!("CARGO_BIN_EXE_bare-app")).ancestors().nth(2).unwrap();
        let mut config = format!("[net]\noffline = true\n\n[build]\ntarget-dir = {target:?}\n");
        // Another profile would be another build of everything.
        let manifest: toml::Table =
            fs::read_to_string(workspace().join("Cargo.toml")).unwrap().parse().unwrap();
        let profiles = toml::Table::from_iter([("profile".to_owned(), manifest["profile"].clone())]);
        config.push_str(&format!("\n{profiles}\n[patch.crates-io]\n"));
        for (name, folder) in CRATES {
            config.push_str(&format!("{name} = {{ path = {:?} }}\n", workspace().join(folder)));
        }
        fs::create_dir(home.path().join(".cargo")).unwrap();
        fs::write(home.path().join(".cargo/config.toml"), config).unwrap();
        Some(Self(home))
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The versions that are here already; cargo takes out what is not needed.
    fn lock(&self, folder: &str) {
        fs::copy(workspace().join("Cargo.lock"), self.at(folder).join("Cargo.lock")).unwrap();
    }

    /// Cargo, without what the cargo that runs this test has told it, and without anybody's configuration.
    fn cargo() -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            let of_tests = name.starts_with("ARVEL_TEST_");
            if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "ARVEL_"].iter().any(|of| name.starts_with(of))
                && !of_tests
            {
                cargo.env_remove(name);
            }
        }
        for name in
            ["CARGO_TARGET_DIR", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "DATABASE_URL", "OUT_DIR"]
        {
            cargo.env_remove(name);
        }
        cargo.env("NO_COLOR", "1").env("CARGO_TERM_COLOR", "never");
        cargo
    }

    /// A command line in a folder: of cargo, or of the program `arvel`, which any application is in `make`.
    fn run(&self, folder: &str, line: &str) -> Output {
        let words = crate::project::words(line);
        let mut command = match words[0].as_str() {
            "cargo" => Self::cargo(),
            _ => Command::new(env!("CARGO_BIN_EXE_bare-app")),
        };
        let output = command.args(&words[1..]).current_dir(self.at(folder)).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "in `{folder}`: {line}\n{out}\n{err}");
        output
    }

    /// The files of a folder of migrations, without their stamps.
    fn published(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.at(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name.starts_with("20")).collect();
        names.sort();
        names.iter().map(|name| name["2026_01_01_000000_".len()..].to_owned()).collect()
    }

    /// The tables of a database file, without the bookkeeping.
    fn tables(&self, file: &str) -> Vec<String> {
        let url = format!("sqlite://{}", self.at(file).display());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let migrator = Migrator::builder(&url).unwrap().build().unwrap();
        let found = runtime.block_on(migrator.inspect(None)).unwrap();
        found.schema.tables.into_keys().map(|name| name.name).collect()
    }
}

/// What a page holds: files, and commands with the folder that they are typed in.
#[derive(Default)]
struct Page {
    files: Vec<(String, String)>,
    commands: Vec<(String, String)>,
}

impl Page {
    /// A line of its own above a block says what the block is: **`path/of/a/file`**, or **in `folder`**.
    fn read(path: &str) -> Self {
        let text = fs::read_to_string(workspace().join(path)).unwrap();
        let (mut page, mut caption, mut block) = (Self::default(), String::new(), None::<String>);
        for line in text.lines() {
            match (&mut block, line.starts_with("```")) {
                (None, true) => block = Some(String::new()),
                (None, false) if line.is_empty() => {}
                (None, false) => caption = line.to_owned(),
                (Some(lines), false) => lines.push_str(&format!("{line}\n")),
                (Some(_), true) => page.take(&std::mem::take(&mut caption), block.take().unwrap()),
            }
        }
        page
    }

    fn take(&mut self, caption: &str, block: String) {
        let of = |begin: &str| caption.strip_prefix(begin)?.strip_suffix("`**").map(str::to_owned);
        if let Some(path) = of("**`") {
            self.files.push((path, block));
        } else if let Some(folder) = of("**in `") {
            let lines = block.lines().map(|line| line.strip_prefix("$ ").expect("a command").to_owned());
            self.commands.extend(lines.map(|line| (folder.clone(), line)));
        }
    }
}

#[test]
fn packages_of_other_people_are_built_tested_published_and_applied() {
    let Some(outside) = Outside::new() else { return };
    let page = Page::read("docs/src/packages.md");
    assert_eq!((page.files.len(), page.commands.len()), (12, 4), "the captions of the page are read");
    for (path, text) in &page.files {
        outside.write(path, text);
    }
    let folders: BTreeSet<&str> = page.commands.iter().map(|(folder, _)| folder.as_str()).collect();
    for folder in folders {
        outside.lock(folder);
    }
    outside.write("shop/build.rs", BUILD_RS);
    for (folder, line) in &page.commands {
        outside.run(folder, line);
    }
    let migrations = "shop/database/migrations";
    assert_eq!(
        outside.published(migrations),
        ["create_invoices_table.rs", "create_invoice_lines_table.rs", "create_invoice_totals_view.sql"]
    );
    assert_eq!(outside.tables("shop/database/app.db"), ["invoice_lines", "invoices"]);
    let again = outside.run("shop", "cargo run -q -- db publish --package acme-billing");
    let shown = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(!shown.contains("written"), "{shown}");

    // A second package, made by the command, in the same application.
    outside.run(
        ".",
        "arvel make package acme-tickets tickets title:string:64:unique open:boolean due_at:timestamp:null",
    );
    outside.lock("acme-tickets");
    outside.run("acme-tickets", "cargo test -q");
    outside.run("acme-tickets", "cargo clippy -q --all-targets -- -D warnings");
    let linked = |path: &str, line: &str, more: &str| {
        let text = fs::read_to_string(outside.at(path)).unwrap();
        assert!(text.contains(line), "{text}");
        outside.write(path, &text.replace(line, &format!("{more}\n{line}")));
    };
    linked("shop/Cargo.toml", "arvel-core =", "acme-tickets = { path = \"../acme-tickets\" }");
    linked("shop/src/lib.rs", "use acme_billing as _;", "use acme_tickets as _;");
    outside.run("shop", "cargo run -q -- db publish --package acme-tickets");
    outside.run("shop", "cargo run -q -- db migrate");
    assert_eq!(outside.published(migrations)[3..], ["create_tickets_table.rs"]);
    assert_eq!(outside.tables("shop/database/app.db"), ["invoice_lines", "invoices", "tickets"]);
}
