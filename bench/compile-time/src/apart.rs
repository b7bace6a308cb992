//! Migrations in a crate of their own: what an edit of the application builds, and what still runs when it does not
//! compile.

use std::path::Path;

use crate::{
    measure::{Plan, must},
    project::{self, Files},
    sample::{self, Sample},
    set,
};

const MIGRATIONS: &str = "shop-migrations";
const APPLICATION: &str = "shop";

/// What was seen.
pub struct Apart {
    /// The application edited, and built.
    pub edits: Vec<Sample>,
    /// The packages that such a build compiled.
    pub compiled: Vec<String>,
    /// The first error of the application that does not compile.
    pub broken: String,
    /// The last line of `db migrate` run from the crate of the migrations meanwhile.
    pub migrated: String,
}

/// The two crates.
pub fn crates(size: usize) -> [(&'static str, Files); 2] {
    let mut migrations = project::arvel_migrations(false, &set::migrations(size));
    let module = "#[path = \"../database/migrations/mod.rs\"]\npub mod migrations;\n";
    migrations.extend(project::arvel_program(MIGRATIONS, module, ""));
    [(MIGRATIONS, migrations), (APPLICATION, application(""))]
}

/// The application, whose library ends with this.
fn application(end: &str) -> Files {
    let dependency = format!("{MIGRATIONS} = {{ path = \"../{MIGRATIONS}\" }}\n");
    let mut files = project::arvel_program(
        APPLICATION,
        "// Naming it links it.\nuse shop_migrations as _;\n",
        &dependency,
    );
    files.get_mut("src/lib.rs").expect("it has a library").push_str(end);
    files
}

/// Measures, and runs what is claimed to run.
pub fn measure(plan: &Plan, size: usize) -> Apart {
    let root = project::arvel_root();
    let write = |end: &str| project::write(&root.join(APPLICATION), &application(end));
    let build = || project::cargo(&root, &["build", "--package", APPLICATION]);
    write("");
    must(&mut build());

    let (mut edits, mut compiled) = (Vec::new(), Vec::new());
    for round in 0..plan.rounds {
        write(&format!("\npub const EDITION: usize = {};\n", round + 1));
        sample::wait_for_quiet(plan.patience);
        let (sample, output) = sample::run(&mut build());
        assert!(output.status.success(), "the application builds");
        edits.push(sample);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let names = text.lines().filter_map(|line| line.trim().strip_prefix("Compiling "));
        compiled = names.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    }

    write("\nfn unfinished() { nowhere::at_all() }\n");
    let (_, output) = sample::run(&mut build());
    assert!(!output.status.success(), "the application is broken on purpose");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let broken = errors.lines().find(|line| line.starts_with("error")).unwrap_or_default().to_owned();
    let migrated = migrate(&root);
    write("");
    assert!(migrated.contains(&size.to_string()), "all migrations ran: {migrated}");
    Apart { edits, compiled, broken, migrated }
}

/// `db migrate` of the crate of the migrations, on a new SQLite file.
fn migrate(root: &Path) -> String {
    let database = root.join("target/shop.db");
    if database.exists() {
        std::fs::remove_file(&database).expect("the former database is removed");
    }
    let arguments = ["run", "--quiet", "--package", MIGRATIONS, "--", "db", "migrate", "--yes"];
    let mut command = project::cargo(root, &arguments);
    command.env("DATABASE_URL", format!("sqlite://{}", database.display()));
    let (_, output) = sample::run(&mut command);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "the migrations run:\n{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().to_owned()
}
