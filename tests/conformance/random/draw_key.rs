//! Keys and constraints.

use arvel_migrate::{
    operation::{AlterMode, CheckDef, ExclusionDef, Feature, ForeignKeyAction, ForeignKeyDef, TableName},
    schema::{DatabaseSchema, Table},
};

use super::draw::{CHECKS, Draw};

impl Draw {
    /// A name for a constraint that the table does not have.
    pub(super) fn free_name(&mut self, table: &TableName, schema: &DatabaseSchema, kind: &str) -> String {
        let mut taken = Vec::new();
        if let Some(there) = schema.tables.get(table) {
            taken.extend(there.foreign_keys.iter().filter_map(|key| key.name.clone()));
            taken.extend(there.checks.iter().filter_map(|check| check.name.clone()));
        }
        loop {
            let name = format!("{}_{kind}{}", table.name, self.dice.roll(20));
            if !taken.contains(&name) {
                return name;
            }
        }
    }

    pub(super) fn check(&mut self, table: &TableName, schema: &DatabaseSchema) -> CheckDef {
        let mode = match self.dice.roll(4) {
            0 if self.has(Feature::CheckOnline) => AlterMode { online: true, ..AlterMode::default() },
            1 if self.has(Feature::CheckNotValid) => AlterMode { not_valid: true, ..AlterMode::default() },
            _ => AlterMode::default(),
        };
        CheckDef {
            name: self.free_name(table, schema, "c"),
            expression: self.dice.pick(&CHECKS).to_owned(),
            mode,
        }
    }

    /// A key to a table whose `id` can be pointed to, `own` being one more.
    pub(super) fn foreign_key(
        &mut self,
        table: &TableName,
        own: Option<TableName>,
        schema: &DatabaseSchema,
    ) -> Option<ForeignKeyDef> {
        use ForeignKeyAction as A;
        let has_id = |table: &&Table| {
            let key = table.primary_key.as_ref().filter(|_| !table.options.temporary);
            key.is_some_and(|key| key.columns == ["id".to_owned()])
        };
        let parents = schema.tables.iter().filter(|(_, table)| has_id(table)).map(|(name, _)| name.clone());
        let parents: Vec<TableName> = parents.chain(own).collect();
        let mut key = ForeignKeyDef {
            name: self.free_name(table, schema, "f"),
            columns: vec!["parent".into()],
            references: self.dice.pick_one(&parents)?.clone(),
            referenced_columns: vec!["id".into()],
            on_delete: self.dice.pick(&[
                None,
                Some(A::Cascade),
                Some(A::NoAction),
                Some(A::Restrict),
                Some(A::SetNull),
                Some(A::SetDefault),
            ]),
            on_update: self.dice.pick(&[None, Some(A::Cascade), Some(A::SetNull)]),
            ..ForeignKeyDef::default()
        };
        if key.on_delete == Some(A::SetDefault) && !self.has(Feature::ForeignKeySetDefault) {
            key.on_delete = None;
        }
        if self.perhaps(Feature::ForeignKeyDeferrable, 4) {
            key.deferrable = Some(self.deferrable());
        }
        key.match_full = self.perhaps(Feature::ForeignKeyMatchFull, 6);
        key.mode =
            self.mode(Feature::ForeignKeyOnline, Feature::ConstraintAlgorithm, Feature::ConstraintLock);
        key.mode.not_valid = !key.mode.online && self.perhaps(Feature::ForeignKeyNotValid, 5);
        Some(key)
    }

    /// No value twice, said in the way that needs no extension.
    pub(super) fn exclusion(&mut self, table: &TableName) -> ExclusionDef {
        ExclusionDef {
            name: format!("{}_x{}", table.name, self.dice.roll(9)),
            method: Some("btree".into()),
            elements: vec![("id".into(), "=".into())],
            deferrable: if self.dice.one_in(3) { Some(self.deferrable()) } else { None },
            ..ExclusionDef::default()
        }
    }
}
