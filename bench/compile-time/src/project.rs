//! The measured projects: one workspace for each tool below `target/`, so that dependencies are built once.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    render::{
        arvel,
        seaorm::{self, Names},
        sql,
    },
    set::Migration,
};

/// Whose migrations, in which form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Tool {
    Arvel,
    ArvelSql,
    SeaOrm2,
    SeaOrm1,
}

impl Tool {
    pub const ALL: [Tool; 4] = [Tool::Arvel, Tool::ArvelSql, Tool::SeaOrm2, Tool::SeaOrm1];

    /// As the command line says it.
    pub fn word(self) -> &'static str {
        match self {
            Tool::Arvel => "arvel",
            Tool::ArvelSql => "arvel-sql",
            Tool::SeaOrm2 => "seaorm2",
            Tool::SeaOrm1 => "seaorm1",
        }
    }

    /// As the tables say it.
    pub fn title(self) -> &'static str {
        match self {
            Tool::Arvel => "Arvel",
            Tool::ArvelSql => "Arvel, SQL files",
            Tool::SeaOrm2 => "sea-orm-migration 2",
            Tool::SeaOrm1 => "sea-orm-migration 1.1",
        }
    }

    fn workspace(self) -> &'static str {
        match self {
            Tool::Arvel | Tool::ArvelSql => "arvel",
            Tool::SeaOrm2 => "seaorm2",
            Tool::SeaOrm1 => "seaorm1",
        }
    }
}

/// One crate with migrations: a library, and a program of a few lines that links it.
#[derive(Clone, Copy)]
pub struct Project {
    pub tool: Tool,
    pub size: usize,
}

/// The files of a crate by their path in it.
pub type Files = BTreeMap<String, String>;

impl Project {
    /// The name of its package.
    pub fn package(self) -> String {
        format!("{}-{}", self.tool.word(), self.size)
    }

    /// The folder of its workspace.
    pub fn root(self) -> PathBuf {
        home().join(self.tool.workspace())
    }

    /// A cargo command in its workspace.
    pub fn cargo(self, arguments: &[&str]) -> Command {
        cargo(&self.root(), arguments)
    }

    /// All files of the crate with these migrations.
    pub fn files(self, migrations: &[Migration]) -> Files {
        match self.tool {
            Tool::Arvel | Tool::ArvelSql => arvel_crate(self, migrations),
            Tool::SeaOrm2 => seaorm_crate(self, migrations, "2", Names::Texts),
            Tool::SeaOrm1 => seaorm_crate(self, migrations, "1.1", Names::Enumerations),
        }
    }

    /// Makes the crate's folder hold exactly these migrations; files that stay the same are not touched.
    pub fn write(self, migrations: &[Migration]) {
        write(&self.root().join(self.package()), &self.files(migrations));
    }
}

/// A cargo command in a workspace, with its own target folder and without what the environment says.
pub fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root).args(arguments);
    for name in ["RUSTFLAGS", "CARGO_TARGET_DIR", "CARGO_INCREMENTAL", "CARGO_BUILD_JOBS", "DATABASE_URL"] {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        // `cargo run` tells this program about itself; none of that is for the measured one.
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG") || name.starts_with("CARGO_MANIFEST"))
        {
            command.env_remove(name);
        }
    }
    command
}

/// Where everything lies.
fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/compile-time")
}

/// Writes the manifest of each workspace that these projects are in, and of Arvel's also the crates apart.
pub fn write_workspaces(projects: &[Project], more: &[(&str, Files)]) {
    let mut members: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for project in projects {
        members.entry(project.tool.workspace()).or_default().push(project.package());
    }
    members.entry("arvel").or_default().extend(more.iter().map(|(name, _)| (*name).to_owned()));
    for (workspace, members) in members {
        let text = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n"
        );
        write(&home().join(workspace), &Files::from([("Cargo.toml".to_owned(), text)]));
    }
    for (name, files) in more {
        write(&arvel_root().join(name), files);
    }
}

/// The workspace of Arvel's projects.
pub fn arvel_root() -> PathBuf {
    home().join("arvel")
}

/// The dependencies on Arvel that a project states.
pub fn arvel_dependencies() -> String {
    let path = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
        format!("{name} = {{ path = {path:?} }}\n")
    };
    ["arvel-core", "arvel-migrate", "arvel-cli"].map(path).concat()
}

/// The folder of migrations and the build script that guards it.
pub fn arvel_migrations(sql_files: bool, migrations: &[Migration]) -> Files {
    let one = |migration: &Migration| match sql_files {
        true => (sql::file(migration), sql::text(migration)),
        false => (arvel::file(migration), arvel::text(migration)),
    };
    let texts: Vec<(String, String)> = migrations.iter().map(one).collect();
    let list = arvel::list(texts.iter().map(|(file, _)| file.as_str()));
    let mut files: Files =
        texts.into_iter().map(|(file, text)| (format!("database/migrations/{file}"), text)).collect();
    files.insert("database/migrations/mod.rs".to_owned(), list);
    let guard = include_str!("../../../arvel-migrate/src/project/guard_build.rs");
    files.insert("build.rs".to_owned(), guard.to_owned());
    files
}

/// An application as the guide's first page writes it.
fn arvel_crate(project: Project, migrations: &[Migration]) -> Files {
    let name = project.package();
    let mut files = arvel_migrations(project.tool == Tool::ArvelSql, migrations);
    files.extend(arvel_program(
        &name,
        "#[path = \"../database/migrations/mod.rs\"]\npub mod migrations;\n",
        "",
    ));
    files
}

/// The manifest, a library with a function `app`, and the program that runs it.
pub fn arvel_program(name: &str, migrations: &str, dependencies: &str) -> Files {
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n{}\
         axum = {{ version = \"0.8\", default-features = false }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n{dependencies}",
        arvel_dependencies()
    );
    let library = format!(
        "{migrations}\nuse arvel_core::App;\n\npub fn app() -> App {{\n    App::new({name:?})\n        \
         .plugin(arvel_migrate::Migrations::default())\n        .plugin(arvel_cli::DatabaseCommands)\n        \
         .routes(axum::Router::new())\n}}\n"
    );
    let program = format!(
        "#[tokio::main]\nasync fn main() -> std::process::ExitCode {{\n    {}::app().run().await\n}}\n",
        name.replace('-', "_")
    );
    Files::from([
        ("Cargo.toml".to_owned(), manifest),
        ("src/lib.rs".to_owned(), library),
        ("src/main.rs".to_owned(), program),
    ])
}

/// A migration crate as `sea-orm-cli migrate init` writes it.
fn seaorm_crate(project: Project, migrations: &[Migration], version: &str, names: Names) -> Files {
    let name = project.package();
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         async-trait = \"0.1\"\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\", \"rt-multi-thread\"] }}\n\n\
         [dependencies.sea-orm-migration]\nversion = {version:?}\n\
         features = [\"runtime-tokio-rustls\", \"sqlx-postgres\", \"sqlx-mysql\", \"sqlx-sqlite\"]\n"
    );
    let program = format!(
        "use sea_orm_migration::prelude::*;\n\n#[tokio::main]\nasync fn main() {{\n    \
         cli::run_cli({}::Migrator).await;\n}}\n",
        name.replace('-', "_")
    );
    let texts = migrations
        .iter()
        .map(|migration| (format!("src/{}.rs", seaorm::module(migration)), seaorm::text(migration, names)));
    let mut files: Files = texts.collect();
    files.insert("src/lib.rs".to_owned(), seaorm::list(migrations));
    files.insert("src/main.rs".to_owned(), program);
    files.insert("Cargo.toml".to_owned(), manifest);
    files
}

/// Makes a folder hold these files: what stays the same is not touched, and of the folders that hold any, what is
/// not named is removed.
pub fn write(folder: &Path, files: &Files) {
    let paths: BTreeMap<PathBuf, &String> =
        files.iter().map(|(path, text)| (folder.join(path), text)).collect();
    for path in paths.keys() {
        let parent = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(parent).expect("the folder is made");
        if parent == folder {
            continue;
        }
        for entry in fs::read_dir(parent).expect("the folder is read") {
            let other = entry.expect("the folder is read").path();
            if other.is_file() && !paths.contains_key(&other) {
                fs::remove_file(&other).expect("the file is removed");
            }
        }
    }
    for (path, text) in paths {
        if fs::read_to_string(&path).is_ok_and(|present| present == *text) {
            continue;
        }
        fs::write(&path, text).expect("the file is written");
    }
}
