//! How packages stand, in the documents of `db status` and `db publish`.

use arvel_migrate::publish::{PackageState, StubState};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

/// How one package stands.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "PackageState"))]
pub struct PackageStateBody {
    /// The package.
    package: String,
    /// Its version.
    version: String,
    /// How many of its stubs a file carries.
    published: usize,
    /// How many are meant to be published.
    publishable: usize,
    /// How many are applied; null when that is not known.
    applied: Option<usize>,
    /// How many files their owner changed; null where a text is not known.
    edited: Option<usize>,
    /// How many files the package has a newer text for; null where a text is not known.
    outdated: Option<usize>,
    /// Its stubs, in the order of publication.
    stubs: Vec<StubBody>,
}

/// How one stub stands.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Stub"))]
struct StubBody {
    /// Package and stub: `package/stub`.
    origin: String,
    /// How it and the folder stand to each other; null when it is published and its text is not known.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::STUB_STATES)))]
    state: Option<&'static str>,
    /// Its file, when it is published.
    file: Option<String>,
    /// Whether it is applied; null when no database was asked, or none answered.
    applied: Option<bool>,
}

impl PackageStateBody {
    /// Of what is known.
    pub fn of(state: &PackageState) -> Self {
        Self {
            package: state.package.clone(),
            version: state.version.clone(),
            published: state.published(),
            publishable: state.publishable(),
            applied: state.applied(),
            edited: state.edited(),
            outdated: state.outdated(),
            stubs: state.stubs.iter().map(StubBody::of).collect(),
        }
    }
}

impl StubBody {
    fn of(stub: &StubState) -> Self {
        Self {
            origin: stub.origin.to_string(),
            state: stub.state.map(super::publish::state),
            file: stub.file.clone(),
            applied: stub.applied,
        }
    }
}
