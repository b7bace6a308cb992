//! What a published file has and its stub has not: the publisher's first line, and the origin in the code.
//!
//! The line is for the publisher (which version, which text); the origin is for the program, because a release binary
//! has no comments and the history row must hold it.

use super::{
    BundledStub, Digest, FileKind,
    declaration::Declaration,
    digest::{digest, header_length},
    plain,
};
use crate::migration::Origin;

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

/// A stub that can not be published as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StubTextError {
    /// Nothing says what runs.
    #[error("has no `migration! {{ up, down }}` at its top level")]
    NoDeclaration,
    /// The publisher writes the origin.
    #[error("already carries an `origin`; leave it to the publisher")]
    HasOrigin,
}

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
        leading_comments(kind, text).find_map(|comment| Self::parse(&comment))
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
}

/// The comment lines before the first code of a file, without their marks.
fn leading_comments(kind: FileKind, text: &str) -> impl Iterator<Item = String> {
    let text = plain(text);
    let lines: Vec<String> = text
        .lines()
        .map(str::trim)
        .take_while(|line| line.is_empty() || line.starts_with(kind.comment()))
        .filter_map(|line| line.strip_prefix(kind.comment()))
        .map(|line| line.trim_start().to_owned())
        .collect();
    lines.into_iter()
}

/// An entry of a file's declaration (`origin: "…"`), or of a SQL file's header (`-- origin: …`).
pub(crate) fn declared_text(kind: FileKind, text: &str, key: &str) -> Option<String> {
    let text = plain(text);
    match kind {
        FileKind::Rust => Declaration::find(&text)?.text(key).map(str::to_owned),
        FileKind::Sql => text
            .lines()
            .take(header_length(&text))
            .filter_map(|line| line.trim().strip_prefix("--")?.trim_start().strip_prefix(key))
            .find_map(|rest| rest.trim_start().strip_prefix(':'))
            .map(|value| value.trim().to_owned()),
    }
}

/// The text of a published file: the publisher's line, and the stub with its origin. `revision` keeps the identity of
/// the file that it replaces, where that one had declared its own.
///
/// # Errors
/// [`StubTextError`] when the stub is no migration, or says its origin itself.
pub fn published_text(stub: &BundledStub, revision: Option<&str>) -> Result<String, StubTextError> {
    let text = plain(&stub.text);
    if declared_text(stub.kind, &text, "origin").is_some() {
        return Err(StubTextError::HasOrigin);
    }
    let header = PublishedHeader {
        origin: stub.origin.clone(),
        version: stub.version.clone(),
        digest: digest(stub.kind, &text),
    };
    let (line, origin) = (header.line(stub.kind), stub.origin.to_string());
    match stub.kind {
        FileKind::Rust => {
            let declaration = Declaration::find(&text).ok_or(StubTextError::NoDeclaration)?;
            let mut entries = vec![("origin", origin.as_str())];
            entries.extend(revision.map(|revision| ("revision", revision)));
            Ok(format!("{line}\n{}", declaration.with(&text, &entries)))
        }
        FileKind::Sql => {
            let revision = revision.map_or_else(String::new, |revision| format!("-- revision: {revision}\n"));
            let added = format!("{line}\n-- origin: {origin}\n{revision}");
            // `-- no-transaction` means what it says in the very first line only.
            match text.split_once('\n') {
                Some((first, rest)) if first.trim() == "-- no-transaction" => {
                    Ok(format!("{first}\n{added}{rest}"))
                }
                _ => Ok(format!("{added}{text}")),
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A stub for tests: `stub("arvel-auth/create_users_table", "…")`.
    pub(crate) fn stub(origin: &str, kind: FileKind, text: &str) -> BundledStub {
        let origin: Origin = origin.parse().expect(origin);
        BundledStub {
            digest: digest(kind, text),
            origin,
            version: "0.3.0".to_owned(),
            kind,
            text: text.to_owned(),
            after: Vec::new(),
            creates: Vec::new(),
        }
    }

    #[test]
    fn a_published_rust_file_says_where_it_comes_from() {
        let stub =
            stub("arvel-auth/create_users_table", FileKind::Rust, "migration! { up, down }\r\nfn up() {}\n");
        let text = published_text(&stub, None).expect("published");
        let digest = &stub.digest;
        assert_eq!(
            text,
            format!(
                "// published from arvel-auth 0.3.0: create_users_table ({digest})\n\
                 migration! {{ up, down, origin: \"arvel-auth/create_users_table\" }}\nfn up() {{}}\n"
            )
        );
        let header = PublishedHeader::find(FileKind::Rust, &text).expect("header");
        assert_eq!((header.origin.to_string(), &header.digest), (stub.origin.to_string(), digest));
        assert_eq!(super::digest(FileKind::Rust, &text), stub.digest);
        assert_eq!(
            declared_text(FileKind::Rust, &text, "origin").as_deref(),
            Some("arvel-auth/create_users_table")
        );
        let kept = published_text(&stub, Some("old_name")).expect("published");
        assert!(
            kept.contains(r#"origin: "arvel-auth/create_users_table", revision: "old_name" }"#),
            "{kept}"
        );
    }

    #[test]
    fn a_published_sql_file_keeps_its_first_line_where_that_matters() {
        let text = "-- no-transaction\nCREATE INDEX CONCURRENTLY a ON b (c);\n";
        let stub = stub("p/s", FileKind::Sql, text);
        let published = published_text(&stub, Some("r")).expect("published");
        let digest = &stub.digest;
        assert_eq!(
            published,
            format!(
                "-- no-transaction\n-- published from p 0.3.0: s ({digest})\n-- origin: p/s\n-- revision: r\n\
                 CREATE INDEX CONCURRENTLY a ON b (c);\n"
            )
        );
        assert_eq!(super::digest(FileKind::Sql, &published), stub.digest);
        assert_eq!(declared_text(FileKind::Sql, &published, "origin").as_deref(), Some("p/s"));
        assert!(PublishedHeader::find(FileKind::Sql, &published).is_some());
    }

    #[test]
    fn a_published_sql_file_is_read_with_its_origin() {
        let texts = [
            "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n",
            "-- description: a stub\n-- migrate:up transaction:false\nSELECT 1;\n",
            "-- no-transaction\nSELECT 1;\n",
            "SELECT 1;\n",
        ];
        for text in texts {
            let published =
                published_text(&stub("arvel-auth/s", FileKind::Sql, text), Some("r")).expect("published");
            let before = crate::migration::SqlFile::parse(text).expect(text);
            let after = crate::migration::SqlFile::parse(&published).expect(&published);
            assert_eq!(
                (after.origin.as_deref(), after.revision.as_deref()),
                (Some("arvel-auth/s"), Some("r")),
                "{text}"
            );
            assert_eq!(
                (after.up_transaction, after.description),
                (before.up_transaction, before.description),
                "{text}"
            );
        }
    }

    #[test]
    fn stubs_that_are_no_migrations_are_refused() {
        let bare = stub("p/s", FileKind::Rust, "fn up() {}");
        assert_eq!(published_text(&bare, None), Err(StubTextError::NoDeclaration));
        let own = stub("p/s", FileKind::Rust, "migration! { up, origin: \"a/b\" }");
        assert_eq!(published_text(&own, None), Err(StubTextError::HasOrigin));
        let sql = stub("p/s", FileKind::Sql, "-- origin: a/b\nSELECT 1;");
        assert_eq!(published_text(&sql, None), Err(StubTextError::HasOrigin));
    }
}
