//! Indexes and unique keys, with everything that the dialect can say of them.

use arvel_migrate::{
    operation::{AlterMode, Deferrable, Feature, IndexColumn, IndexDef, IndexKind, NullsOrder, TableName},
    schema::{Column, Table},
};

use super::{dice::Dice, draw::Draw};

impl Dice {
    /// One of them, if there is any.
    pub(super) fn pick_one<'t, T>(&mut self, from: &'t [T]) -> Option<&'t T> {
        if from.is_empty() { None } else { from.get(self.roll(from.len())) }
    }
}

impl Draw {
    pub(super) fn deferrable(&mut self) -> Deferrable {
        self.dice.pick(&[Deferrable::Immediate, Deferrable::Deferred])
    }

    pub(super) fn index_mode(&mut self) -> AlterMode {
        self.mode(Feature::IndexOnline, Feature::IndexAlgorithm, Feature::IndexLock)
    }

    /// An index that is there.
    pub(super) fn index_of(&mut self, table: &Table) -> Option<(String, IndexKind)> {
        // What SQLite names itself is a key of the table's own text.
        let named: Vec<_> =
            table.indexes.iter().filter(|index| !index.name.starts_with("sqlite_autoindex")).collect();
        self.dice.pick_one(&named).map(|index| (index.name.clone(), index.kind))
    }

    pub(super) fn index(&mut self, table: &TableName, shape: &Table) -> IndexDef {
        let kind = match self.dice.roll(8) {
            0 if self.has(Feature::FullText) => IndexKind::FullText,
            1..=3 => IndexKind::Unique,
            _ => IndexKind::Index,
        };
        let unique = kind == IndexKind::Unique;
        let name = format!("{}_i{}", table.name, self.dice.roll(6));
        if kind == IndexKind::FullText {
            let mut index = IndexDef::over(name, &["s".to_owned()], kind);
            index.language = self.perhaps(Feature::IndexLanguage, 3).then(|| "german".into());
            return index;
        }
        let is_shape = |column: &&Column| !column.nullable && column.type_name == "geometry";
        if let Some(column) = shape.columns.iter().find(is_shape)
            && self.perhaps(Feature::Spatial, 2)
        {
            return IndexDef::over(name, std::slice::from_ref(&column.name), IndexKind::Spatial);
        }
        let names: Vec<String> = shape.columns.iter().map(|column| column.name.clone()).collect();
        // Two rows differ in these, and in others perhaps not.
        let names = if unique { vec!["n".to_owned(), "s".to_owned(), "id".to_owned()] } else { names };
        // The key's own columns need no other unique key, and PostgreSQL makes none.
        let mut parts = self.dice.some(&names, 2);
        if unique && parts == ["id"] {
            parts = vec!["n".to_owned()];
        }
        let mut columns: Vec<IndexColumn> = parts.iter().map(IndexColumn::column).collect();
        let over_expression = if unique { Feature::ExpressionUnique } else { Feature::ExpressionIndex };
        if self.perhaps(over_expression, 4) {
            let expression = self.dice.pick(&["lower(s)", "upper(s)", "(n + 1)"]);
            columns.push(IndexColumn::expression(expression));
        }
        let mut index = IndexDef { name, kind, ..IndexDef::default() };
        for part in &mut columns {
            part.descending = self.perhaps(Feature::IndexDescending, 4);
            if self.perhaps(Feature::IndexNulls, 5) {
                part.nulls = Some(self.dice.pick(&[NullsOrder::First, NullsOrder::Last]));
            }
            let is_s = part.name().is_some_and(|name| name == "s");
            if is_s && self.perhaps(Feature::IndexPrefix, 3) {
                part.length = Some(10);
            }
            if is_s && self.perhaps(Feature::OperatorClass, 4) {
                part.operator_class = Some("varchar_pattern_ops".into());
            }
            if is_s && self.perhaps(Feature::IndexCollation, 4) {
                part.collation = Some(self.a_collation().to_owned());
            }
        }
        let partial = if unique { Feature::PartialUnique } else { Feature::PartialIndex };
        if self.perhaps(partial, 4) {
            index.predicate = Some(self.dice.pick(&["n > 0", "s <> ''", "n IS NOT NULL"]).to_owned());
        }
        if !unique && self.perhaps(Feature::IndexMethod, 6) {
            index.method = Some(if self.is("mysql") { "btree" } else { "hash" }.to_owned());
            columns.truncate(1);
            if index.method.as_deref() == Some("hash") {
                columns[0] = IndexColumn::column("n");
            }
        }
        let hash = index.method.as_deref() == Some("hash");
        if !hash && self.perhaps(Feature::Include, 5) {
            index.include = vec!["parent".into()];
        }
        index.nulls_not_distinct = unique && self.perhaps(Feature::NullsNotDistinct, 4);
        let plain =
            index.predicate.is_none() && columns.iter().all(|part| *part == IndexColumn::column(part.text()));
        if unique && plain && self.perhaps(Feature::DeferrableUnique, 4) {
            index.deferrable = Some(self.deferrable());
        }
        if self.perhaps(Feature::IndexComment, 6) {
            index.comment = Some("it's an index".into());
        }
        index.invisible = self.perhaps(Feature::IndexInvisible, 6);
        // InnoDB refuses `key_block_size`, and once in a while is enough to see that.
        let sides = if self.is("mysql") { 60 } else { 6 };
        if self.perhaps(Feature::IndexParameters, sides) {
            let one = if self.is("mysql") { ("key_block_size", "8") } else { ("fillfactor", "70") };
            index.parameters.push((one.0.into(), one.1.into()));
        }
        index.mode = self.index_mode();
        index.columns = columns;
        index
    }
}
