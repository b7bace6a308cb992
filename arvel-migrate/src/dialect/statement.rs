//! One statement, ready to be sent, and the question that tells whether it has happened.

use serde::{Deserialize, Serialize};

use super::Guard;
use crate::{
    migration::TransactionMode,
    operation::{IndexDef, IndexKind, Object, ObjectId, ObjectKind, TableName},
    schema::{DatabaseSchema, Index, Table, Wanted},
};

/// One SQL statement with what the executor must know about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The text, without a trailing semicolon.
    pub sql: String,
    /// `None` for what must stand outside a transaction.
    pub transaction: TransactionMode,
    /// How to see in the catalog that it has happened, when its outcome is unknown.
    pub probe: Option<Probe>,
    /// The line of the user's SQL file at which it begins.
    pub line: Option<usize>,
    /// That file, when it is not the migration's own.
    pub file: Option<String>,
    /// Whether enforcement of foreign keys must be off while it runs (SQLite): the executor turns it off before BEGIN,
    /// since inside a transaction that does nothing, and checks all keys before COMMIT.
    pub needs_foreign_keys_off: bool,
    /// Whether it answers once. What calls a procedure may answer with several results: sent together with others, it
    /// could not be told which of them failed.
    pub answers_once: bool,
    /// The rows that must not be there when it comes.
    pub guards: Vec<Guard>,
    /// Whether it waits for others by its nature, however long they take: bounds on waits are lifted around it.
    pub waits: bool,
    /// What a try that was cut off may have left in its way.
    pub remnant: Option<Box<Remnant>>,
}

/// What a statement outside a transaction leaves when it fails or is killed, and what would stop the next try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remnant {
    /// What it is, in words: ``invalid index `posts_slug_index` ``.
    pub what: String,
    /// How it is seen in the catalog.
    pub seen: Probe,
    /// The statement that removes it.
    pub remove: String,
    /// Whether that brings the statement to its end, instead of taking back what it began.
    pub finishes: bool,
}

impl Statement {
    /// A statement inside the migration's transaction.
    #[must_use]
    pub fn new(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            transaction: TransactionMode::PerMigration,
            probe: None,
            line: None,
            file: None,
            needs_foreign_keys_off: false,
            answers_once: true,
            guards: Vec::new(),
            waits: false,
            remnant: None,
        }
    }

    /// With the question that tells whether it has happened.
    #[must_use]
    pub fn probed(mut self, probe: Probe) -> Self {
        self.probe = Some(probe);
        self
    }

    /// With enforcement of foreign keys off.
    #[must_use]
    pub fn foreign_keys_off(mut self) -> Self {
        self.needs_foreign_keys_off = true;
        self
    }

    /// Outside any transaction.
    #[must_use]
    pub fn outside(mut self) -> Self {
        self.transaction = TransactionMode::None;
        self
    }

    /// Without bounds on its waits for others.
    #[must_use]
    pub fn waiting(mut self) -> Self {
        self.waits = true;
        self
    }

    /// With what a try that was cut off leaves.
    #[must_use]
    pub fn leaving(mut self, remnant: Remnant) -> Self {
        self.remnant = Some(Box::new(remnant));
        self
    }
}

/// What the catalog shows once a statement has happened. Read through [`Dialect::inspect`](super::Dialect::inspect).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Probe {
    /// The table is there.
    TableExists(TableName),
    /// The table is gone.
    TableMissing(TableName),
    /// The table has the column.
    ColumnExists(TableName, String),
    /// The table does not have the column.
    ColumnMissing(TableName, String),
    /// The table has an index of this name.
    IndexExists(TableName, String),
    /// The table has no index of this name.
    IndexMissing(TableName, String),
    /// The table has an index of this name and shape, as far as columns and kind tell, and it can be used.
    IndexBuilt(TableName, Box<IndexDef>),
    /// The table has an index of this name that an online build left unfinished.
    IndexUnfinished(TableName, String),
    /// The table has a foreign key of this name.
    ForeignKeyExists(TableName, String),
    /// The table has no foreign key of this name.
    ForeignKeyMissing(TableName, String),
    /// The object is there.
    ObjectExists(ObjectId),
    /// The object is gone.
    ObjectMissing(ObjectId),
    /// The table has the partition, with bounds that end so.
    PartitionEnds(TableName, TableName, String),
    /// Running it once more leaves the same: it needs no question.
    Repeatable,
}

impl Probe {
    /// What to look at; nothing when there is no need to.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        match self {
            Probe::TableExists(table)
            | Probe::TableMissing(table)
            | Probe::ColumnExists(table, _)
            | Probe::ColumnMissing(table, _)
            | Probe::IndexMissing(table, _)
            | Probe::IndexBuilt(table, _)
            | Probe::IndexUnfinished(table, _)
            | Probe::PartitionEnds(table, _, _)
            | Probe::ForeignKeyExists(table, _)
            | Probe::ForeignKeyMissing(table, _) => Wanted::table(table.clone()),
            // A view that keeps its rows has indexes too.
            Probe::IndexExists(table, _) => {
                [Wanted::table(table.clone()), Wanted::object(kept(table))].into_iter().collect()
            }
            Probe::ObjectExists(id) | Probe::ObjectMissing(id) => Wanted::object(id.clone()),
            Probe::Repeatable => Wanted::nothing(),
        }
    }

    /// Whether the statement has happened, given what the catalog shows of [`wanted`](Self::wanted).
    #[must_use]
    pub fn holds(&self, schema: &DatabaseSchema) -> bool {
        let with = |table: &TableName, says: &dyn Fn(&Table) -> bool| schema.table(table).is_some_and(says);
        let index = |table: &Table, name: &str| table.indexes.iter().any(|index| index.name == name);
        let key = |table: &Table, name: &str| {
            table.foreign_keys.iter().any(|key| key.name.as_deref() == Some(name))
        };
        match self {
            Probe::TableExists(table) => schema.table(table).is_some(),
            Probe::TableMissing(table) => schema.table(table).is_none(),
            Probe::ColumnExists(table, name) => with(table, &|table| table.column(name).is_some()),
            Probe::ColumnMissing(table, name) => with(table, &|table| table.column(name).is_none()),
            Probe::IndexExists(table, name) => {
                with(table, &|table| index(table, name)) || has_index(schema.object(&kept(table)), name)
            }
            Probe::IndexMissing(table, name) => with(table, &|table| !index(table, name)),
            Probe::IndexBuilt(table, def) => {
                with(table, &|table| table.indexes.iter().any(|index| !index.invalid && is_of(index, def)))
            }
            Probe::IndexUnfinished(table, name) => {
                with(table, &|table| table.indexes.iter().any(|index| &index.name == name && index.invalid))
            }
            Probe::PartitionEnds(table, name, end) => with(table, &|table| {
                table.partitions.iter().any(|(known, bounds)| known == name && bounds.ends_with(end))
            }),
            Probe::ForeignKeyExists(table, name) => with(table, &|table| key(table, name)),
            Probe::ForeignKeyMissing(table, name) => with(table, &|table| !key(table, name)),
            Probe::ObjectExists(id) => schema.object(id).is_some(),
            Probe::ObjectMissing(id) => schema.object(id).is_none(),
            Probe::Repeatable => false,
        }
    }
}

fn kept(view: &TableName) -> ObjectId {
    ObjectId::new(ObjectKind::MaterializedView, view.clone())
}

fn has_index(view: Option<Object>, name: &str) -> bool {
    matches!(view, Some(Object::View(view)) if view.indexes.iter().any(|index| index.name == name))
}

/// Whether an index is the defined one. The server spells expressions in its own way: of those only the place counts.
fn is_of(index: &Index, def: &IndexDef) -> bool {
    let parts = index.columns.iter().zip(&def.columns);
    index.name == def.name
        && (index.kind == IndexKind::Unique) == (def.kind == IndexKind::Unique)
        && index.columns.len() == def.columns.len()
        && parts
            .into_iter()
            .all(|(one, other)| one.name() == other.name() && one.descending == other.descending)
        && index.include == def.include
        && index.predicate.is_some() == def.predicate.is_some()
        && index.nulls_not_distinct == def.nulls_not_distinct
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::IndexColumn;

    #[test]
    fn an_index_counts_as_built_when_it_is_usable_and_of_the_same_shape() {
        let table = TableName::from("t");
        let def = IndexDef {
            predicate: Some("a > 0".to_owned()),
            ..IndexDef::over("i", &["a".to_owned()], IndexKind::Unique)
        };
        let built = Probe::IndexBuilt(table.clone(), Box::new(def.clone()));
        let unfinished = Probe::IndexUnfinished(table.clone(), "i".to_owned());
        let shown = Index { predicate: Some("(a > 0)".to_owned()), ..Index::of(&def) };
        let with = |index: Index| {
            let there = Table { indexes: vec![index], ..Table::default() };
            let schema =
                DatabaseSchema { tables: [(table.clone(), there)].into(), ..DatabaseSchema::default() };
            (built.holds(&schema), unfinished.holds(&schema))
        };
        assert_eq!(with(shown.clone()), (true, false), "the predicate is spelled as the server likes");
        assert_eq!(with(Index { invalid: true, ..shown.clone() }), (false, true));
        assert_eq!(with(Index { kind: IndexKind::Index, ..shown.clone() }), (false, false));
        assert_eq!(with(Index { predicate: None, ..shown.clone() }), (false, false));
        assert_eq!(with(Index { columns: vec![IndexColumn::column("b")], ..shown }), (false, false));
    }
}
