//! `.publishing`: the list of a write that is under way, by which an interrupted one is ended.
//!
//! A line per file: its name, the digest of the text that it had, and of the one that it gets; `-` where there is no file.
//! The name stands first, because the build guard looks for it there. Refused: everything that this program does not
//! write, since files are removed by what the list says.

use super::path::check_name;
use crate::publish::{Digest, FileKind};

/// The name of the list.
pub(super) const LIST: &str = ".publishing";

/// More than any write has; a list that is longer is nobody's.
pub(super) const LIMIT: u64 = 4 << 20;

const MODULE: &str = "mod.rs";

/// A file of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Announced {
    pub(super) name: String,
    /// What it held before the write.
    pub(super) old: Option<Digest>,
    /// What it holds after it.
    pub(super) new: Option<Digest>,
}

impl Announced {
    /// A file with what it holds before and after.
    pub(super) fn new<T: AsRef<[u8]> + ?Sized>(name: &str, old: Option<&T>, new: Option<&T>) -> Self {
        let digest = |text: Option<&T>| text.map(|text| Digest::of_bytes(text.as_ref()));
        Self { name: name.to_owned(), old: digest(old), new: digest(new) }
    }

    /// Whether it is a migration or a seeder; else it is a backup, which no `mod.rs` lists.
    pub(super) fn is_listed(&self) -> bool {
        FileKind::of_name(&self.name).is_some()
    }

    /// Whether an existing file gets another text.
    pub(super) fn is_overwrite(&self) -> bool {
        self.old.is_some() && self.new.is_some()
    }
}

/// A write that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Publishing {
    /// `mod.rs`.
    pub(super) module: Announced,
    /// The files.
    pub(super) files: Vec<Announced>,
}

/// A `.publishing` that nobody of ours wrote.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PublishListError {
    /// A line of another form.
    #[error("line {line} is not a file name and two digests")]
    Line {
        /// The line, from 1.
        line: usize,
    },
    /// The line of `mod.rs` is not there once.
    #[error("it does not name `mod.rs` once")]
    Module,
    /// No text.
    #[error("it is not UTF-8")]
    NotText,
    /// Too long.
    #[error("it is longer than any list of ours")]
    TooLong,
}

impl Publishing {
    pub(super) fn text(&self) -> String {
        let digest = |digest: &Option<Digest>| digest.as_ref().map_or("-", Digest::as_str).to_owned();
        let line = |of: &Announced| format!("{} {} {}\n", of.name, digest(&of.old), digest(&of.new));
        std::iter::once(&self.module).chain(&self.files).map(line).collect()
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, PublishListError> {
        if u64::try_from(bytes.len()).is_ok_and(|length| length >= LIMIT) {
            return Err(PublishListError::TooLong);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| PublishListError::NotText)?;
        let (mut module, mut files) = (None, Vec::new());
        for (i, line) in text.lines().enumerate() {
            let announced = read_line(line).ok_or(PublishListError::Line { line: i + 1 })?;
            if announced.name != MODULE {
                files.push(announced);
            } else if module.replace(announced).is_some() {
                return Err(PublishListError::Module);
            }
        }
        Ok(Self { module: module.ok_or(PublishListError::Module)?, files })
    }
}

fn read_line(line: &str) -> Option<Announced> {
    let mut words = line.rsplitn(3, ' ');
    let mut digest = || match words.next()? {
        "-" => Some(None),
        word => Digest::parse(word).map(Some),
    };
    let (new, old) = (digest()?, digest()?);
    let name = words.next().filter(|name| check_name(name).is_ok())?;
    let announced = Announced { name: name.to_owned(), old, new };
    let ours = name == MODULE
        || match (&announced.old, &announced.new) {
            (None, None) => false,
            (None, Some(_)) => announced.is_listed() || is_backup(name),
            _ => announced.is_listed(),
        };
    (ours && (name == MODULE || !name.ends_with("/mod.rs"))).then_some(announced)
}

/// `1_a.rs.bak`, `1_a.rs.bak2`.
fn is_backup(name: &str) -> bool {
    let of = name.rsplit_once(".bak").filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit()));
    of.is_some_and(|(name, _)| FileKind::of_name(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let list = Publishing {
            module: Announced::new("mod.rs", None, Some("m")),
            files: vec![
                Announced::new("1_a b.rs", None, Some("x")),
                Announced::new("2026/2_b.sql", Some("x"), Some("y")),
                Announced::new("2026/2_b.sql.bak2", None, Some("x")),
                Announced::new("3_c.rs", Some("x"), None),
            ],
        };
        assert_eq!(Publishing::read(list.text().as_bytes()), Ok(list.clone()));
        let digest = Digest::of_bytes(b"");
        let line = |name: &str| format!("{name} - {digest}");
        for bad in [
            "x".to_owned(),
            line("../x.rs"),
            line("/etc/x.rs"),
            line(".hidden"),
            line("note.md"),
            line("a\\b.rs"),
            line("own/mod.rs"),
            line("1_a.rs.bakery"),
            format!("1_a.rs.bak {digest} -"),
            format!("{digest} -"),
            "1_a.rs - -".to_owned(),
            "1_a.rs - sha256:00".to_owned(),
            String::new(),
        ] {
            let text = format!("{}{bad}\n", Publishing { files: Vec::new(), ..list.clone() }.text());
            assert_eq!(Publishing::read(text.as_bytes()), Err(PublishListError::Line { line: 2 }), "{bad}");
        }
        let twice = line("mod.rs");
        for bad in [String::new(), line("1_a.rs"), format!("{twice}\n{twice}\n")] {
            assert_eq!(Publishing::read(bad.as_bytes()), Err(PublishListError::Module), "{bad}");
        }
        assert_eq!(Publishing::read(&[0xff, 0xfe]), Err(PublishListError::NotText));
        assert_eq!(Publishing::read(&vec![b'\n'; 5 << 20]), Err(PublishListError::TooLong));
    }
}
