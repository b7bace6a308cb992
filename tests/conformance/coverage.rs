//! Every feature that a dialect says Yes to is in a folder, and that dialect writes SQL for it there.

use std::collections::BTreeSet;

use arvel_migrate::{
    dialect::{Dialect, Support},
    operation::{Feature, features},
    schema::DatabaseSchema,
    testing::dialects,
};

use crate::{
    case::{Case, running},
    cases,
};

/// The features that a dialect renders in the cases.
fn rendered(dialect: &dyn Dialect) -> BTreeSet<Feature> {
    let mut found = BTreeSet::new();
    for name in cases::NAMES {
        let case = Case::find(name);
        let mut schema = DatabaseSchema::default();
        let operations: Vec<_> = case.before().into_iter().chain(case.up()).collect();
        let operations = running(dialect, &operations, &mut DatabaseSchema::default());
        let works = operations.iter().all(|operation| {
            let works = dialect.compile(operation, &schema).is_ok();
            dialect.fold(operation, &mut schema);
            works
        });
        if works {
            found.extend(operations.iter().flat_map(features));
        }
    }
    found
}

#[test]
fn every_supported_feature_is_in_a_folder() {
    let mut missing = Vec::new();
    for (name, dialect) in dialects() {
        let rendered = rendered(&*dialect);
        for feature in Feature::ALL.iter().flat_map(|(_, features)| *features) {
            if dialect.support(*feature) == Support::Yes && !rendered.contains(feature) {
                missing.push((name, feature.word()));
            }
        }
    }
    assert!(missing.is_empty(), "supported, and in no folder of tests/golden: {missing:#?}");
}
