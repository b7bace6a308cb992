//! For the tests of packages: their stubs as migrations that can be applied, and tables as text that can be compared.
//!
//! A stub is a real migration, so a package proves on every database that it applies, what it leaves, and that it goes
//! back. Types and defaults are spelt differently by each engine and are left out of the text.

use std::collections::BTreeMap;

use arvel_core::BoxError;

use super::TestDatabase;
use crate::{
    Error,
    exec::RunError,
    migration::{Catalog, LineName, Migration, Parents, Registration, Source, const_stem},
    operation::{ForeignKeyAction, TableName},
    publish::{Bundle, FileKind, bundled},
    schema::{DatabaseSchema, Table},
};

/// The stubs of all packages that the test links, one after the other as a new application publishes them: without
/// follow-ups, which are for files from older versions.
///
/// # Errors
/// What is wrong with the bundles, or with a stub.
pub fn bundled_migrations() -> Result<Catalog, BoxError> {
    let declared: BTreeMap<(&str, &str), _> = inventory::iter::<Bundle>
        .into_iter()
        .flat_map(|bundle| bundle.stubs.iter().map(move |stub| ((bundle.package, stub.name), (bundle, stub))))
        .collect();
    let compiled: BTreeMap<(&str, &str), &Registration> =
        Catalog::stubs().into_iter().map(|stub| ((stub.package, stub.stem), stub)).collect();
    let mut migrations: Vec<Migration> = Vec::new();
    for stub in bundled()?.into_iter().filter(|stub| stub.follows.is_none()) {
        let (package, name) = (stub.origin.package(), stub.origin.stub());
        let missing = || format!("stub `{}` is declared but not compiled in", stub.origin);
        let (bundle, declared) = declared.get(&(package, name)).ok_or_else(missing)?;
        let mut migration = match stub.kind {
            FileKind::Rust => {
                let registration = compiled.get(&(package, const_stem(declared.path))).ok_or_else(missing)?;
                Migration::from_registration(registration)?
            }
            FileKind::Sql => {
                let source = Source::Sql { text: declared.text };
                let registration =
                    Registration::new(bundle.file, declared.name, "default", bundle.package, source);
                Migration::from_registration(&Registration { stub: true, ..registration })?
            }
        };
        migration.line = LineName::default_line();
        migration.parents = match migrations.last() {
            Some(previous) => Parents::Of(vec![previous.revision.clone()]),
            None => Parents::Root,
        };
        migrations.push(migration);
    }
    Ok(Catalog::new(migrations)?)
}

impl TestDatabase {
    /// The live schema without the bookkeeping tables.
    ///
    /// # Errors
    /// What the database says.
    pub async fn schema(&self) -> Result<DatabaseSchema, Error> {
        let mut db = self.connect().await?;
        let dialect = db.dialect().clone();
        let read = dialect.inspect(db.connection(), None).await;
        let mut schema = read
            .map_err(|error| RunError::Database { doing: "reading the schema".into(), error })
            .map_err(Error::from)?;
        schema.tables.retain(|name, _| !name.name.starts_with("arvel_"));
        Ok(schema)
    }
}

/// The table of this name as lines: columns in order, then indexes, then foreign keys, each sorted by name. Empty when
/// there is none.
#[must_use]
pub fn outline(schema: &DatabaseSchema, table: &str) -> Vec<String> {
    let found = schema.tables.iter().find(|(name, _)| name.name == TableName::parse(table).name);
    found.map(|(_, table)| outline_of(table)).unwrap_or_default()
}

fn outline_of(table: &Table) -> Vec<String> {
    let key: &[String] = table.primary_key.as_ref().map_or(&[], |key| &key.columns);
    let columns = table.columns.iter().map(|column| {
        let mut line = column.name.clone();
        if key.contains(&column.name) {
            line.push_str(" key");
        } else if column.nullable {
            line.push_str(" null");
        }
        if column.auto_increment {
            line.push_str(" counts");
        }
        line
    });
    let mut indexes: Vec<String> = table
        .indexes
        .iter()
        .map(|index| format!("{} {} ({})", index.kind.word(), index.name, index.texts().join(", ")))
        .collect();
    indexes.sort();
    let mut keys: Vec<String> = table
        .foreign_keys
        .iter()
        .map(|key| {
            let action = match key.on_delete {
                ForeignKeyAction::Cascade => "cascade",
                ForeignKeyAction::Restrict => "restrict",
                ForeignKeyAction::SetNull => "set null",
                ForeignKeyAction::SetDefault => "set default",
                ForeignKeyAction::NoAction => "no action",
            };
            let (own, theirs) = (key.columns.join(", "), key.referenced_columns.join(", "));
            format!("({own}) -> {} ({theirs}) on delete {action}", key.references.name)
        })
        .collect();
    keys.sort();
    columns.chain(indexes).chain(keys).collect()
}
