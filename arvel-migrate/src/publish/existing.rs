//! A migration file of the application's folder, as far as publishing asks: where it is from, and whether it was edited.

use super::{
    Digest, FileKind, OwnPlace, PublishedHeader, TablesTouched, digest,
    header::{declared_list, declared_text},
};
use crate::{
    dsl::Schema,
    migration::{Body, Migration, Origin, slug_of},
    project::file_stem,
};

/// A migration file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingFile {
    /// The file's name, without a folder.
    pub name: String,
    /// The text as it stands.
    pub text: String,
    /// Where it was published from; the code's word counts, then the first line's.
    pub origin: Option<Origin>,
    /// Whether only the first line names the origin: the program then does not know it.
    pub undeclared: bool,
    /// The digest in the publisher's line: the stub as it was.
    pub published: Option<Digest>,
    /// The version of the package in the publisher's line.
    pub version: Option<String>,
    /// The digest of the text now.
    pub digest: Digest,
    /// The revision and the parents that it declares.
    pub place: OwnPlace,
    /// The origins that it depends on.
    pub depends_on: Vec<Origin>,
    /// The tables that it creates and takes away, as far as its text says: see [`ExistingFile::know_tables`].
    pub tables: TablesTouched,
}

impl ExistingFile {
    /// Reads a file's text; `None` for a name that is neither Rust nor SQL.
    #[must_use]
    pub fn read(name: &str, text: &str) -> Option<Self> {
        let kind = FileKind::of_name(name)?;
        let header = PublishedHeader::find(kind, text);
        let declared = declared_text(kind, text, "origin").and_then(|origin| origin.parse::<Origin>().ok());
        Some(Self {
            name: name.to_owned(),
            text: text.to_owned(),
            undeclared: declared.is_none() && header.is_some(),
            origin: declared.or_else(|| header.as_ref().map(|header| header.origin.clone())),
            version: header.as_ref().map(|header| header.version.clone()),
            published: header.map(|header| header.digest),
            digest: digest(kind, text),
            place: OwnPlace {
                revision: declared_text(kind, text, "revision"),
                parents: declared_list(kind, text, "parents"),
            },
            depends_on: declared_list(kind, text, "depends_on")
                .unwrap_or_default()
                .iter()
                .filter_map(|name| name.parse().ok())
                .collect(),
            tables: TablesTouched::in_text(kind, text),
        })
    }

    /// Corrects which tables the files create by the compiled migrations of the same stems: what they record says more
    /// than a text.
    pub fn know_tables(files: &mut [ExistingFile], migrations: &[Migration]) {
        for file in files {
            let compiled = migrations.iter().find(|migration| migration.stem == file_stem(&file.name));
            if let Some(Body::Rust(up)) = compiled.map(|migration| &migration.up) {
                file.tables = TablesTouched::by(&Schema::record(*up).operations);
            }
        }
    }

    /// The revision that the file is: the one that it declares, else its stem.
    #[must_use]
    pub fn revision_name(&self) -> &str {
        self.place.revision.as_deref().unwrap_or_else(|| file_stem(&self.name))
    }

    pub(super) fn slug(&self) -> &str {
        slug_of(file_stem(&self.name))
    }
}
