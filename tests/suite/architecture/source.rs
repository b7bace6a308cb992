//! The crates and their source files, as the rules see them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::lexer::{self, Readings};

/// A member of the workspace.
pub(super) struct Member {
    /// `arvel-core`
    pub name: String,
    /// Its folder from the workspace root: `plugins/arvel-auth`.
    pub folder: String,
    /// Every dependency by its package name, also those for tests and builds.
    pub dependencies: BTreeSet<String>,
    /// What is under `src/` and the build script.
    pub files: Vec<File>,
}

/// One source file.
pub(super) struct File {
    /// From the workspace root, with `/`.
    pub path: String,
    /// How many lines, tests included.
    pub lines: usize,
    /// Code with comments, literals and `#[cfg(test)]` items blanked; empty for a file that only tests see.
    pub code: String,
    /// The strings outside tests.
    pub strings: Vec<(usize, String)>,
    text: String,
}

impl File {
    /// `path:line`, of a place in the file.
    pub(super) fn place(&self, at: usize) -> String {
        format!("{}:{}", self.path, self.text[..at].matches('\n').count() + 1)
    }
}

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in the workspace").to_owned()
}

fn manifest(folder: &Path) -> toml::Table {
    let path = folder.join("Cargo.toml");
    fs::read_to_string(&path).expect("a member has a manifest").parse().expect("cargo reads it too")
}

/// All members, in the workspace's order.
pub(super) fn members() -> Vec<Member> {
    let root = root();
    let listed = manifest(&root)["workspace"]["members"].clone();
    let listed = listed.as_array().expect("a list").iter().filter_map(|member| member.as_str());
    listed.map(|folder| member(&root, folder)).collect()
}

fn member(root: &Path, folder: &str) -> Member {
    let manifest = manifest(&root.join(folder));
    let name = manifest["package"]["name"].as_str().expect("a package has a name").to_owned();
    let mut dependencies = BTreeSet::new();
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let Some(table) = manifest.get(section).and_then(|section| section.as_table()) else { continue };
        for (key, value) in table {
            let package = value.get("package").and_then(|package| package.as_str());
            dependencies.insert(package.unwrap_or(key).to_owned());
        }
    }
    let mut paths = vec![root.join(folder).join("build.rs")];
    paths.retain(|path| path.is_file());
    walk(&root.join(folder).join("src"), &mut paths);
    paths.sort();
    let texts: Vec<(PathBuf, String)> = paths
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).expect("a source file is text")))
        .collect();
    let files = read_files(root, texts);
    Member { name, folder: folder.to_owned(), dependencies, files }
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a member has sources") {
        let path = entry.expect("a folder can be read").path();
        if path.is_dir() {
            walk(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

fn read_files(root: &Path, texts: Vec<(PathBuf, String)>) -> Vec<File> {
    let mut only_tests: Vec<PathBuf> = Vec::new();
    let mut read: Vec<(PathBuf, String, Readings)> = Vec::new();
    for (path, text) in texts {
        let mut readings = lexer::read(&text);
        for module in blank_tests(&mut readings) {
            only_tests.extend(module_paths(&path, &module));
        }
        read.push((path, text, readings));
    }
    read.into_iter()
        .map(|(path, text, readings)| {
            let tests = only_tests.iter().any(|module| path.starts_with(module));
            let short = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            let (code, strings) =
                if tests { (String::new(), Vec::new()) } else { (readings.code, readings.strings) };
            File { path: short, lines: text.lines().count(), code, strings, text }
        })
        .collect()
}

/// Where `mod name;` in a file may live: a name of its own, or what `#[path]` says.
fn module_paths(parent: &Path, module: &str) -> [PathBuf; 2] {
    let folder = parent.parent().expect("a file is in a folder");
    if module.ends_with(".rs") {
        return [folder.join(module), folder.join(module)];
    }
    let stem = parent.file_stem().unwrap_or_default().to_string_lossy();
    let folder =
        if ["mod", "lib", "main"].contains(&&*stem) { folder.to_owned() } else { folder.join(&*stem) };
    [folder.join(format!("{module}.rs")), folder.join(module)]
}

/// Blanks every item under `#[cfg(test)]` and answers with the modules that are files of their own.
fn blank_tests(readings: &mut Readings) -> Vec<String> {
    const MARK: &str = "#[cfg(test)]";
    let mut modules = Vec::new();
    while let Some(start) = readings.code.find(MARK) {
        let after = start + MARK.len();
        let (mut depth, mut end) = (0_i32, readings.code.len());
        for (at, c) in readings.code[after..].char_indices() {
            match c {
                '{' | '(' | '[' => depth += 1,
                '}' | ')' | ']' => depth -= 1,
                _ => {}
            }
            if depth == 0 && (c == ';' || c == '}') {
                end = after + at + 1;
                break;
            }
        }
        let item = readings.code[after..end].trim();
        if let Some(name) = item.strip_suffix(';').and_then(|item| item.split("mod ").nth(1)) {
            let path =
                readings.strings.iter().find(|(at, text)| (after..end).contains(at) && text.ends_with(".rs"));
            modules.push(path.map_or_else(|| name.trim().to_owned(), |(_, path)| path.clone()));
        }
        let blank: String =
            readings.code[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        // Only ASCII is blanked to its own length; the sources' code is ASCII outside literals and comments.
        assert_eq!(blank.len(), end - start, "code outside literals is ASCII");
        readings.code.replace_range(start..end, &blank);
        readings.strings.retain(|(at, _)| !(start..end).contains(at));
    }
    modules
}
