//! Primary keys, foreign keys, checks and exclusions. Unique keys are read with the indexes behind them. A foreign key to
//! a table whose rows are split has one more of its kind for each partition, which nobody asked for.

use crate::{
    dialect::{DriverError, Row},
    operation::{Deferrable, ForeignKeyAction, TableName},
    schema::{Check, Exclusion, ForeignKey, PrimaryKey},
};

use super::{super::type_check, Entry, Found, TABLES, list, text};

pub(super) fn sql(wanted: &str) -> String {
    format!(
        "SELECT c.oid::text AS table_oid, k.conname::text AS name, k.contype::text AS kind, \
         to_json(k.conkey)::text AS columns, \
         CASE k.contype WHEN 'c' THEN pg_get_expr(k.conbin, k.conrelid, true) \
           WHEN 'x' THEN pg_get_constraintdef(k.oid, true) END AS expression, \
         pn.nspname::text AS parent_schema, (pn.nspname = current_schema())::text AS parent_own, \
         p.relname::text AS parent, \
         CASE WHEN k.contype = 'f' THEN (SELECT json_agg(a.attname::text ORDER BY u.place)::text \
           FROM unnest(k.confkey) WITH ORDINALITY AS u(number, place) \
           JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number) END AS parent_columns, \
         k.confdeltype::text AS on_delete, k.confupdtype::text AS on_update, k.confmatchtype::text AS matching, \
         k.condeferrable::text AS deferrable, k.condeferred::text AS deferred, k.convalidated::text AS validated \
         FROM {TABLES} JOIN pg_constraint k ON k.conrelid = c.oid \
         LEFT JOIN pg_class p ON p.oid = k.confrelid LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace \
         WHERE k.contype IN ('p', 'f', 'c', 'x') AND {wanted} AND (k.conparentid = 0 OR NOT EXISTS \
           (SELECT FROM pg_constraint o WHERE o.oid = k.conparentid AND o.conrelid = k.conrelid)) ORDER BY k.conname"
    )
}

impl Found {
    pub(super) fn constraint(&mut self, row: &Row) -> Result<(), DriverError> {
        let numbers: Vec<i64> =
            row.text("columns").and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let Some(entry) = self.entry(row) else { return Ok(()) };
        let name = text(row, "name");
        let columns = entry.names(&numbers);
        let not_valid = !row.boolean("validated");
        match row.text("kind") {
            Some("p") => entry.table.primary_key = Some(PrimaryKey { name: Some(name), columns }),
            Some("f") => entry.table.foreign_keys.push(ForeignKey {
                name: Some(name),
                columns,
                references: TableName {
                    schema: (!row.boolean("parent_own")).then(|| text(row, "parent_schema")),
                    name: text(row, "parent"),
                },
                referenced_columns: list(row, "parent_columns")?,
                on_delete: action(row.text("on_delete")),
                on_update: action(row.text("on_update")),
                deferrable: deferrable(row),
                match_full: row.text("matching") == Some("f"),
                not_valid,
            }),
            Some("x") => {
                entry.table.exclusions.push(Exclusion { name, definition: text(row, "expression") });
            }
            _ => entry.check(name, &columns, text(row, "expression"), not_valid),
        }
        Ok(())
    }
}

impl Entry {
    /// The names of columns by their numbers.
    fn names(&self, numbers: &[i64]) -> Vec<String> {
        let name = |number: &i64| {
            let known = self.numbers.iter().find(|(known, _)| known == number)?;
            Some(known.1.clone())
        };
        numbers.iter().filter_map(name).collect()
    }

    /// A check, or the one beside the type of its only column.
    fn check(&mut self, name: String, columns: &[String], expression: String, not_valid: bool) {
        if let [only] = columns
            && let Some(column) = self.table.columns.iter_mut().find(|column| &column.name == only)
            && column.extra.is_none()
            && let Some(held) = type_check::read(&name, only, &column.type_name, &expression)
        {
            column.extra = Some(held.extra(&name));
        } else {
            self.table.checks.push(Check { name: Some(name), expression, not_valid });
        }
    }
}

/// When a constraint is checked.
pub(super) fn deferrable(row: &Row) -> Option<Deferrable> {
    match (row.boolean("deferrable"), row.boolean("deferred")) {
        (false, _) => None,
        (true, false) => Some(Deferrable::Immediate),
        (true, true) => Some(Deferrable::Deferred),
    }
}

fn action(code: Option<&str>) -> ForeignKeyAction {
    match code {
        Some("r") => ForeignKeyAction::Restrict,
        Some("c") => ForeignKeyAction::Cascade,
        Some("n") => ForeignKeyAction::SetNull,
        Some("d") => ForeignKeyAction::SetDefault,
        _ => ForeignKeyAction::NoAction,
    }
}
