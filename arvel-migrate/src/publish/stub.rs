//! A stub that can be published: checked, in its place, with what it needs.

use semver::Version;

use super::{Digest, FileKind, OwnPlace, header::body};
use crate::migration::Origin;

/// A stub that can be published, checked and in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundledStub {
    /// Package and stub.
    pub origin: Origin,
    /// The package's version.
    pub version: Version,
    /// Rust or SQL.
    pub kind: FileKind,
    /// The text of the stub.
    pub text: String,
    /// What comes before it, as declared; of a follow-up, the stub that it follows too.
    pub after: Vec<Origin>,
    /// What the published file names in `depends_on`: `after`, with the stub that it follows in the place of a follow-up,
    /// because not every application has that.
    pub depends_on: Vec<Origin>,
    /// The digest of the text as it is published.
    pub digest: Digest,
    /// The tables that its `up` creates: another file that creates one of them is in the way.
    pub creates: Vec<String>,
    /// The older shape that it brings to a newer one.
    pub follows: Option<Follows>,
    /// Texts that older versions of the package had: what an edited file was made from.
    pub former: Vec<String>,
}

/// Which published files a follow-up is for: those of a stub from a version before `since`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follows {
    /// The stub whose text was raised.
    pub stub: Origin,
    /// The version whose text has the newer shape.
    pub since: Version,
}

impl BundledStub {
    /// The former text of a digest, as it was published: with the entries of the file whose place is given.
    #[must_use]
    pub fn former_of(&self, digest: &Digest, place: &OwnPlace) -> Option<String> {
        // An older version may have come after less: what it said then is in its text.
        let dependencies: [&[Origin]; 2] = [&self.depends_on, &[]];
        self.former.iter().find_map(|text| {
            dependencies.iter().find_map(|depends_on| {
                let body = body(self.kind, text, &self.origin, depends_on, place).ok()?;
                (super::digest(self.kind, &body) == *digest).then_some(body)
            })
        })
    }

    /// Whether it follows that stub.
    #[must_use]
    pub fn is_follow_up_of(&self, stub: &Origin) -> bool {
        self.follows.as_ref().is_some_and(|follows| follows.stub == *stub)
    }
}
