//! `make package`: a crate that bundles a migration, for applications to publish. It needs no project and no build.

use std::{
    ffi::OsStr,
    path::{Component, Path, PathBuf},
};

use arvel_migrate::project::{NewPackage, PackageRequest};
use clap::Args;

use super::Manifest;
use crate::{
    error::CommandError,
    output::{
        Console,
        json::{Document, PackageBody},
    },
};

/// Write a package: a crate with a migration that applications publish, its model and its tests
#[derive(Args, Debug)]
#[command(after_help = "Example: make package acme-billing\n         \
                  make package acme-billing invoices number:string:unique total:decimal:10,2\n         \
                  make package acme-billing --model Invoice --path ../acme-billing\n\n\
                  The crate is written into a folder of its name below the current one. A folder that holds anything is refused. \
                  Fields are those of `make migration`.")]
pub struct Package {
    /// The crate: `acme-billing`
    name: String,
    /// Its table, `invoices`, and the fields of that: `number:string:unique`
    fields: Vec<String>,
    /// The struct that reads the rows, instead of the one that the table names
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// The folder that is written, instead of NAME
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
    /// Show what would be written, and write nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
}

impl Package {
    /// Writes it below a folder.
    pub fn run(&self, console: &Console, current: &Path) -> Result<(), CommandError> {
        let shown = self.path.clone().unwrap_or_else(|| PathBuf::from(&self.name));
        let folder = current.join(&shown);
        let (table, fields) = match self.fields.split_first() {
            Some((table, fields)) if !table.contains(':') => (Some(table.clone()), fields.to_vec()),
            _ => (None, self.fields.clone()),
        };
        let request = PackageRequest {
            name: self.name.clone(),
            table,
            model: self.model.clone(),
            fields,
            dependency: dependency(&folder),
        };
        let package = NewPackage::make(&request)?;
        let verb = if self.dry_run { "would write" } else { "wrote" };
        if self.dry_run {
            package.check(&folder)?;
        } else {
            package.write(&folder)?;
        }
        let created: Vec<PathBuf> = package.files().map(|(path, _)| shown.join(path)).collect();
        for path in &created {
            console.result(format_args!("{verb} `{}`", path.display()));
        }
        match self.dry_run {
            true => console.progress("dry run: nothing was done"),
            false => next(console, &package, &shown, &folder),
        }
        console.document(&Document::new(
            "make package",
            PackageBody {
                origin: package.origin(),
                name: package.name,
                table: package.table,
                model: package.model,
                folder: shown,
                created,
                dry_run: self.dry_run,
            },
        ));
        Ok(())
    }
}

/// What a person does then.
fn next(console: &Console, package: &NewPackage, shown: &Path, folder: &Path) {
    let name = &package.name;
    if let Some(workspace) = workspace_around(folder) {
        console.note(format_args!(
            "`{}` is a workspace: name the package in its `members`, or in its `exclude`",
            workspace.display()
        ));
    }
    console.progress(format_args!(
        "next: `cargo test` in `{}`; then, in an application that depends on it, in `src/lib.rs`:\n  use {} as _;\n\
         and `db publish --package {name}`",
        shown.display(),
        name.replace('-', "_"),
    ));
}

/// The manifests around a folder, the nearest first. What is named goes by its letters: the folder is not there yet.
fn manifests(folder: &Path) -> impl Iterator<Item = (PathBuf, Manifest)> {
    let around = folder.ancestors().skip(1).map(|folder| folder.join("Cargo.toml"));
    let there: Vec<PathBuf> = around.filter(|path| path.is_file()).collect();
    there.into_iter().map(|path| {
        let manifest = Manifest::read(&path);
        (path, manifest)
    })
}

/// The manifest of the workspace that a folder lies in and that does not name it.
fn workspace_around(folder: &Path) -> Option<PathBuf> {
    let (path, manifest) = manifests(folder).find(|(_, manifest)| manifest.table("workspace").is_some())?;
    let within = folder.strip_prefix(path.parent()?).ok()?;
    let names = |pattern: &str| {
        let all_in =
            pattern.strip_suffix('*').is_some_and(|around| within.parent() == Some(Path::new(around)));
        Path::new(pattern) == within || all_in
    };
    let list = |key: &str| manifest.table("workspace")?.get(key)?.as_array();
    let lists = ["members", "exclude"].into_iter().filter_map(list);
    let named = lists.flatten().filter_map(toml::Value::as_str).any(names);
    (!named).then_some(path)
}

/// Where the project around the new folder has `arvel-migrate` from, when that is git or a path: the package must be built with
/// the very same, or the application does not see what it bundles.
fn dependency(folder: &Path) -> Option<String> {
    manifests(folder).find_map(|(path, manifest)| {
        let lines = ["dependencies.arvel-migrate", "workspace.dependencies.arvel-migrate"];
        lines.iter().find_map(|line| {
            let line = manifest.table(line)?;
            let text = |key: &str| line.get(key).and_then(toml::Value::as_str);
            let pair = |key: &'static str| text(key).map(|value| format!("{key} = {value:?}"));
            if text("git").is_some() {
                let parts: Vec<String> =
                    ["git", "branch", "tag", "rev"].into_iter().filter_map(pair).collect();
                return Some(format!("{{ {} }}", parts.join(", ")));
            }
            let way = way(folder, &path.parent()?.join(text("path")?))?;
            Some(format!("{{ path = {:?} }}", way.to_string_lossy().replace('\\', "/")))
        })
    })
}

/// The way from one folder to another.
fn way(from: &Path, to: &Path) -> Option<PathBuf> {
    let (from, to) = (plain(from)?, plain(to)?);
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let same = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from[same..].iter().map(|_| OsStr::new(".."));
    Some(up.chain(to[same..].iter().map(|part| part.as_os_str())).collect())
}

/// A whole path without `.` and `..`.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if !plain.pop() => return None,
            Component::ParentDir => {}
            other => plain.push(other),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn arvel_comes_from_where_the_project_has_it() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path();
        let new = root.join("app/packages/acme");
        let manifest = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        assert_eq!(dependency(&new), None);
        manifest("app/Cargo.toml", "[dependencies]\narvel-migrate = \"0.1\"\n");
        assert_eq!(dependency(&new), None, "a version is what is written anyway");
        manifest("app/Cargo.toml", "[dependencies]\narvel-migrate = { path = \"../arvel/arvel-migrate\" }\n");
        assert_eq!(dependency(&new).as_deref(), Some("{ path = \"../../../arvel/arvel-migrate\" }"));
        manifest(
            "app/Cargo.toml",
            "[dependencies.arvel-migrate]\ngit = \"https://example.org/a\"\nbranch = \"next\"\n",
        );
        let git = "{ git = \"https://example.org/a\", branch = \"next\" }";
        assert_eq!(dependency(&new).as_deref(), Some(git));
        manifest("app/Cargo.toml", "[dependencies]\narvel-migrate.workspace = true\n");
        manifest("Cargo.toml", "[workspace.dependencies]\narvel-migrate = { path = \"arvel\" }\n");
        assert_eq!(dependency(&new).as_deref(), Some("{ path = \"../../../arvel\" }"));
    }

    #[test]
    fn a_workspace_that_does_not_name_it_is_told() {
        let home = tempfile::tempdir().unwrap();
        let (root, new) = (home.path(), home.path().join("packages/acme"));
        let manifest = root.join("Cargo.toml");
        assert_eq!(workspace_around(&new), None);
        let cases = [
            ("[package]\nname = \"app\"\n", false),
            ("[workspace]\n", true),
            ("[workspace]\nmembers = [\"other\"]\n", true),
            ("[workspace]\nmembers = [\"packages/acme\"]\n", false),
            ("[workspace]\nmembers = [\"packages/*\"]\n", false),
            ("[workspace]\nmembers = [\"*\"]\n", true),
            ("[workspace]\nexclude = [\"packages/acme\"]\n", false),
        ];
        for (text, told) in cases {
            fs::write(&manifest, text).unwrap();
            assert_eq!(workspace_around(&new).is_some(), told, "{text}");
        }
    }
}
