//! A case: its migrations, found by their folder among those that are compiled in.

use std::{
    fs,
    path::{Path, PathBuf},
};

use arvel_migrate::{
    dialect::Dialect,
    dsl::Schema,
    inventory,
    migration::{Body, Migration, Registration},
    operation::{Irreversible, Operation, reverse},
    schema::DatabaseSchema,
    undo::{self, WayBack},
};

/// The folder of a case; that of all of them for an empty name.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name)
}

/// One folder.
pub(crate) struct Case {
    /// What is there when the migration comes.
    pub before: Option<Migration>,
    /// What it is about.
    pub migration: Migration,
    /// The rows that it meets; made up by the types of the columns when absent.
    pub rows: Option<String>,
}

impl Case {
    pub(crate) fn find(name: &str) -> Self {
        let listed = crate::cases::NAMES.iter().find(|listed| **listed == name);
        let name = listed.unwrap_or_else(|| panic!("tests/golden/{name} is not listed in cases.rs"));
        let of = |stem: &str| {
            let ending = format!("golden/{name}/{stem}.rs");
            let found = inventory::iter::<Registration>.into_iter().find(|one| one.file.ends_with(&ending));
            found.map(|found| Migration::from_registration(found).expect("a sound migration"))
        };
        Self {
            before: of("0_before"),
            migration: of("1_migration").expect("every case has a migration"),
            rows: fs::read_to_string(folder(name).join("rows.sql")).ok(),
        }
    }

    /// What stands before the migration.
    pub(crate) fn before(&self) -> Vec<Operation> {
        self.before.as_ref().map(|before| operations(&before.up)).unwrap_or_default()
    }

    /// The way forward.
    pub(crate) fn up(&self) -> Vec<Operation> {
        operations(&self.migration.up)
    }

    /// The way back: as written, else as the operations say it, else as what was there says it.
    pub(crate) fn down(
        &self,
        dialect: &dyn Dialect,
        before: &DatabaseSchema,
    ) -> Result<Vec<Operation>, Irreversible> {
        match &self.migration.down {
            Some(body) => Ok(operations(body)),
            None => {
                let family = dialect.capability().family;
                let up = undo::of_family(&self.up(), family);
                match undo::way_back(&up, family) {
                    WayBack::Seen => undo::resolve(dialect, &up, before.clone()).or_else(|_| reverse(&up)),
                    _ => reverse(&up),
                }
            }
        }
    }
}

/// The operations that run on a database with this schema: of each condition the side that holds.
pub(crate) fn running(
    dialect: &dyn Dialect,
    operations: &[Operation],
    schema: &mut DatabaseSchema,
) -> Vec<Operation> {
    let mut out = Vec::new();
    for operation in operations {
        match operation {
            Operation::When { condition, then, otherwise } => {
                let holds = condition.holds(dialect.capability().family, schema);
                out.extend(running(dialect, if holds { then } else { otherwise }, schema));
            }
            other => {
                dialect.fold(other, schema);
                out.push(other.clone());
            }
        }
    }
    out
}

fn operations(body: &Body) -> Vec<Operation> {
    let Body::Rust(body) = body else { panic!("a case is written in Rust") };
    let recorded = Schema::record(*body);
    assert_eq!(recorded.errors, [], "mistakes while recording");
    recorded.operations
}
