//! The text that an edited file was made from, out of git's history of the file, where the package does not have it.
//!
//! It only reads, and nothing that is missing is an error: no git, no repository, a file that was never committed as it
//! was published. Only so many versions are looked at.

use std::{collections::BTreeMap, fmt, path::Path, process::Command};

use arvel_migrate::{
    migration::Origin,
    publish::{Digest, ExistingFile, FileKind, PublishPlan, PublishState, digest},
};

/// How many commits of a file are looked at.
const COMMITS: usize = 200;

/// Why the text is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFormer {
    /// The file does not say which text it was made from.
    NoLine,
    /// git is not there, or the file is in no repository.
    NoHistory,
    /// No commit has the file as it was published.
    NotFound,
}

impl fmt::Display for NoFormer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoFormer::NoLine => "the publisher's line is gone, so the text that yours was made from is not known",
            NoFormer::NoHistory => {
                "the package has not kept the text that yours was made from, and there is no git history of the file"
            }
            NoFormer::NotFound => {
                "the package has not kept the text that yours was made from, and no commit has the file as it was published"
            }
        })
    }
}

/// What was found of the files that diverged and of whose former texts the packages have none.
#[derive(Debug, Default)]
pub struct Former {
    /// The texts.
    pub texts: BTreeMap<Origin, String>,
    /// Why there is none.
    pub missing: BTreeMap<Origin, NoFormer>,
}

impl Former {
    /// Looks for the texts that a plan lacks.
    pub fn of(plan: &PublishPlan, files: &[ExistingFile], folder: &Path) -> Self {
        let mut former = Self::default();
        let lacking = plan
            .decisions
            .iter()
            .filter(|decision| decision.state == PublishState::Diverged && decision.three_way.is_none());
        for decision in lacking {
            let Some(file) = files.iter().find(|file| Some(&file.name) == decision.file.as_ref()) else {
                continue;
            };
            match find(&folder.join(&file.name), file.published.as_ref()) {
                Ok(text) => former.texts.insert(decision.origin.clone(), text).map(drop),
                Err(why) => former.missing.insert(decision.origin.clone(), why).map(drop),
            };
        }
        former
    }
}

/// The text of a file when its digest was that one.
fn find(path: &Path, published: Option<&Digest>) -> Result<String, NoFormer> {
    let published = published.ok_or(NoFormer::NoLine)?;
    let (folder, name) = path.parent().zip(path.file_name()).ok_or(NoFormer::NoHistory)?;
    let kind = name.to_str().and_then(FileKind::of_name).ok_or(NoFormer::NoHistory)?;
    let name = name.to_string_lossy();
    let limit = format!("--max-count={COMMITS}");
    let log = ["log", "--follow", &limit, "--format=commit %H", "--name-only", "--", &name];
    let log = git(folder, &log).filter(|log| !log.is_empty()).ok_or(NoFormer::NoHistory)?;
    let mut commit = "";
    for line in log.lines() {
        match line.strip_prefix("commit ") {
            Some(id) => commit = id,
            None if line.is_empty() => {}
            // A renamed file had another name then.
            None => {
                let text = git(folder, &["show", "--no-textconv", &format!("{commit}:{line}")]);
                if let Some(text) = text.filter(|text| digest(kind, text) == *published) {
                    return Ok(text);
                }
            }
        }
    }
    Err(NoFormer::NotFound)
}

/// What git says; `None` when it is not there, or ends with an error.
fn git(folder: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args([
            "--no-pager",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.quotePath=false",
            "-c",
            "log.showSignature=false",
        ])
        .args(args)
        .current_dir(folder)
        // Nothing is written, fetched or asked.
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    String::from_utf8(output.stdout).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(folder: &Path, args: &[&str]) -> bool {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(identity).args(args).current_dir(folder).output();
        output.is_ok_and(|output| output.status.success())
    }

    #[test]
    fn a_text_is_found_through_edits_and_a_rename() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("database/migrations ü");
        std::fs::create_dir_all(&folder).unwrap();
        let long = "CREATE TABLE users (\n  id INT,\n  name VARCHAR(80),\n  mail VARCHAR(80)\n);\n";
        let published = digest(FileKind::Sql, long);
        let (old, new) = (folder.join("1_users.sql"), folder.join("2_people.sql"));
        std::fs::write(&old, long).unwrap();
        assert_eq!(find(&old, Some(&published)), Err(NoFormer::NoHistory));
        assert_eq!(find(&old, None), Err(NoFormer::NoLine));
        if !run(home.path(), &["init", "-q"]) {
            return;
        }
        assert_eq!(find(&old, Some(&published)), Err(NoFormer::NoHistory), "it was never committed");
        assert!(run(home.path(), &["add", "."]) && run(home.path(), &["commit", "-qm", "published"]));
        std::fs::rename(&old, &new).unwrap();
        assert!(run(home.path(), &["add", "-A"]) && run(home.path(), &["commit", "-qm", "renamed"]));
        std::fs::write(&new, long.replace("name", "nick")).unwrap();
        assert!(run(home.path(), &["commit", "-qam", "edited"]));
        assert_eq!(find(&new, Some(&published)).as_deref(), Ok(long));
        let other = digest(FileKind::Sql, "SELECT 1;");
        assert_eq!(find(&new, Some(&other)), Err(NoFormer::NotFound));
    }
}
