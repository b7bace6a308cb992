//! What a published file has and its stub has not: the publisher's first line, the origin, and what it depends on.
//!
//! The line is for the publisher (which version, which text); the origin is for the program, because a release binary
//! has no comments and the history row must hold it; `depends_on` keeps the order of packages whatever stamps the files
//! have.

use super::{
    BundledStub, Digest, FileKind,
    declaration::{Declaration, quoted},
    digest::digest,
    head::{comments, head_length, value},
    plain,
};
use crate::migration::{Origin, SqlFile, SqlFileError};

/// The publisher's line: `// published from arvel-auth 0.3.0: create_users_table (sha256:…)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedHeader {
    /// Package and stub.
    pub origin: Origin,
    /// The package's version at that time.
    pub version: String,
    /// The digest of the stub at that time.
    pub digest: Digest,
}

/// What a published file says of its own place, and no stub may say: it is the application's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnPlace {
    /// A revision other than the file's stem.
    pub revision: Option<String>,
    /// The revisions that it follows; `None` is what comes before it.
    pub parents: Option<Vec<String>>,
}

/// A stub that can not be published as it is written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StubTextError {
    /// Nothing says what runs.
    #[error("has no `migration! {{ up, down }}` at its top level")]
    NoDeclaration,
    /// The publisher writes it.
    #[error("says its `{key}` itself; leave that to the publisher")]
    Says {
        /// `origin`, `revision` or `parents`.
        key: &'static str,
    },
    /// Dependencies that only the compiler can read.
    #[error("does not write its `depends_on` as plain texts")]
    NotPlain,
    /// A SQL text that is no migration.
    #[error("can not be read: {0}")]
    Sql(SqlFileError),
}

/// What no stub may say.
const PUBLISHERS: [&str; 3] = ["origin", "revision", "parents"];

impl PublishedHeader {
    /// The line, without a line end.
    #[must_use]
    pub fn line(&self, kind: FileKind) -> String {
        let (package, stub) = (self.origin.package(), self.origin.stub());
        format!("{} published from {package} {}: {stub} ({})", kind.comment(), self.version, self.digest)
    }

    /// Reads the line from the comments at the top of a file.
    #[must_use]
    pub fn find(kind: FileKind, text: &str) -> Option<Self> {
        comments(kind, &plain(text)).find_map(Self::parse)
    }

    fn parse(comment: &str) -> Option<Self> {
        let rest = comment.strip_prefix("published from ")?;
        let (package_version, rest) = rest.split_once(": ")?;
        let (package, version) = package_version.split_once(' ')?;
        let (stub, digest) = rest.split_once(" (")?;
        Some(Self {
            origin: Origin::new(package, stub).ok()?,
            version: version.to_owned(),
            digest: Digest::parse(digest.trim_end().strip_suffix(')')?)?,
        })
    }

    /// A text without the line, with it.
    pub(super) fn above(&self, kind: FileKind, text: &str) -> String {
        let line = format!("{}\n", self.line(kind));
        insert(kind, text, &line)
    }
}

/// An entry of a file's declaration (`origin: "…"`), or of a SQL file's header (`-- origin: …`).
pub(crate) fn declared_text(kind: FileKind, text: &str, key: &str) -> Option<String> {
    let text = plain(text);
    match kind {
        FileKind::Rust => Declaration::find(&text)?.text(key).map(str::to_owned),
        FileKind::Sql => comments(kind, &text).find_map(|comment| value(comment, key)).map(str::to_owned),
    }
}

/// A list of a file's declaration (`parents: ["…"]`), or of a SQL file's header (`-- parents: …, …`, where `none` is none).
pub(crate) fn declared_list(kind: FileKind, text: &str, key: &str) -> Option<Vec<String>> {
    let text = plain(text);
    match kind {
        FileKind::Rust => Declaration::find(&text)?.list(key).map(<[String]>::to_vec),
        FileKind::Sql => {
            let found = comments(kind, &text).find_map(|comment| value(comment, key))?;
            let values =
                found.split(',').map(str::trim).filter(|value| !value.is_empty() && *value != "none");
            Some(values.map(str::to_owned).collect())
        }
    }
}

/// The text of a published file: the publisher's line, and the stub with its origin and what it depends on.
///
/// # Errors
/// [`StubTextError`] when the stub is no migration, or says what is the publisher's.
pub fn published_text(stub: &BundledStub, place: &OwnPlace) -> Result<String, StubTextError> {
    let text = body(stub.kind, &stub.text, &stub.origin, &stub.depends_on, place)?;
    let header = PublishedHeader {
        origin: stub.origin.clone(),
        version: stub.version.to_string(),
        digest: digest(stub.kind, &text),
    };
    Ok(header.above(stub.kind, &text))
}

/// The text of a published file without the publisher's line.
pub(super) fn body(
    kind: FileKind,
    stub: &str,
    origin: &Origin,
    depends_on: &[Origin],
    place: &OwnPlace,
) -> Result<String, StubTextError> {
    let text = plain(stub);
    match kind {
        FileKind::Rust => rust_body(&text, origin, depends_on, place),
        FileKind::Sql => sql_body(&text, origin, depends_on, place),
    }
}

fn rust_body(
    text: &str,
    origin: &Origin,
    depends_on: &[Origin],
    place: &OwnPlace,
) -> Result<String, StubTextError> {
    let declaration = Declaration::find(text).ok_or(StubTextError::NoDeclaration)?;
    if let Some(key) = PUBLISHERS.into_iter().find(|key| declaration.has(key)) {
        return Err(StubTextError::Says { key });
    }
    let own = match (declaration.has("depends_on"), declaration.list("depends_on")) {
        (true, None) => return Err(StubTextError::NotPlain),
        (_, own) => own,
    };
    let more = beside(own.unwrap_or_default(), depends_on);
    let list = |values: &[String]| format!("[{}]", quoted(values));
    let mut entries = vec![("origin", format!("{:?}", origin.to_string()))];
    entries.extend(place.revision.as_ref().map(|revision| ("revision", format!("{revision:?}"))));
    entries.extend(place.parents.as_ref().map(|parents| ("parents", list(parents))));
    if own.is_none() && !more.is_empty() {
        entries.push(("depends_on", list(&more)));
    }
    Ok(declaration.with(text, &entries, own.map(|_| ("depends_on", more.as_slice()))))
}

fn sql_body(
    text: &str,
    origin: &Origin,
    depends_on: &[Origin],
    place: &OwnPlace,
) -> Result<String, StubTextError> {
    let read = SqlFile::parse(text).map_err(StubTextError::Sql)?;
    let says = [read.origin.is_some(), read.revision.is_some(), read.parents.is_some()];
    if let Some((key, _)) = PUBLISHERS.into_iter().zip(says).find(|(_, says)| *says) {
        return Err(StubTextError::Says { key });
    }
    let more = beside(&read.depends_on, depends_on);
    let mut added = format!("-- origin: {origin}\n");
    if let Some(revision) = &place.revision {
        added.push_str(&format!("-- revision: {revision}\n"));
    }
    match place.parents.as_deref() {
        None => {}
        Some([]) => added.push_str("-- parents: none\n"),
        Some(parents) => added.push_str(&format!("-- parents: {}\n", parents.join(", "))),
    }
    let text = match (read.depends_on.is_empty(), more.is_empty()) {
        (_, true) => text.to_owned(),
        (true, false) => {
            added.push_str(&format!("-- depends_on: {}\n", more.join(", ")));
            text.to_owned()
        }
        (false, false) => with_more(text, "depends_on", &more),
    };
    let text = insert(FileKind::Sql, &text, &added);
    // A header line that only the whole file shows to be one too many.
    SqlFile::parse(&text).map_err(StubTextError::Sql)?;
    Ok(text)
}

/// Those of `depends_on` that are not there yet.
fn beside(own: &[String], depends_on: &[Origin]) -> Vec<String> {
    let texts = depends_on.iter().map(ToString::to_string);
    texts.filter(|origin| !own.contains(origin)).collect()
}

/// A header line of a SQL file with further values.
fn with_more(text: &str, key: &str, more: &[String]) -> String {
    let head = head_length(FileKind::Sql, text);
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let is_it =
        |line: &str| line.trim().strip_prefix("--").and_then(|line| value(line.trim(), key)).is_some();
    if let Some(line) = lines.iter_mut().take(head).find(|line| is_it(line)) {
        *line = format!("{}, {}", line.trim_end(), more.join(", "));
    }
    lines.join("\n")
}

/// Puts lines at the top of a file. `-- no-transaction` means what it says in the very first line only.
fn insert(kind: FileKind, text: &str, lines: &str) -> String {
    match text.split_once('\n') {
        Some((first, rest)) if kind == FileKind::Sql && first.trim() == "-- no-transaction" => {
            format!("{first}\n{lines}{rest}")
        }
        _ => format!("{lines}{text}"),
    }
}

#[cfg(test)]
#[path = "header_tests.rs"]
pub(crate) mod tests;
