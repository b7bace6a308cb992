//! Tables themselves, with their options, and the triggers on them.

use crate::{
    dialect::{Capability, DriverError, Row},
    operation::{Object, PartitionDef, TableName, TableOptions, TriggerDef},
    schema::Table,
};

use super::{
    super::{options, partition::PENDING, support},
    Entry, Found, TABLES, list, text,
};

pub(super) fn sql(wanted: &str) -> String {
    format!(
        "SELECT c.oid::text AS table_oid, n.nspname::text AS schema_name, c.relname::text AS table_name, \
         (n.nspname = current_schema() OR n.oid = pg_my_temp_schema())::text AS own, \
         d.description AS comment, c.relpersistence::text AS persistence, to_json(c.reloptions)::text AS parameters, \
         to_json(o.reloptions)::text AS toast_parameters, s.spcname::text AS tablespace, \
         CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS split_by, \
         pg_get_expr(c.relpartbound, c.oid) AS bounds, hn.nspname::text AS whole_schema, \
         (hn.nspname = current_schema())::text AS whole_own, h.relname::text AS whole \
         FROM {TABLES} LEFT JOIN pg_inherits i ON c.relispartition AND i.inhrelid = c.oid \
         LEFT JOIN pg_class h ON h.oid = i.inhparent LEFT JOIN pg_namespace hn ON hn.oid = h.relnamespace \
         LEFT JOIN pg_class o ON o.oid = c.reltoastrelid \
         LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace \
         LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0 \
         WHERE {wanted}"
    )
}

/// Not those that a partition has from its table: <https://www.postgresql.org/docs/13/catalog-pg-trigger.html>
pub(super) fn triggers(wanted: &str, capability: &Capability) -> String {
    let own = if support::version(capability) >= 130_000 { "AND t.tgparentid = 0 " } else { "" };
    format!(
        "SELECT c.oid::text AS table_oid, t.tgname::text AS name, pg_get_triggerdef(t.oid) AS sql_text \
         FROM {TABLES} JOIN pg_trigger t ON t.tgrelid = c.oid \
         WHERE NOT t.tgisinternal {own}AND {wanted} ORDER BY t.tgname"
    )
}

/// The partitions of tables whose rows are split. How the rows of a partition are split stands behind its bounds, as in
/// the statement that makes it.
pub(super) fn partitions(wanted: &str, capability: &Capability) -> String {
    let pending = match support::version(capability) >= 140_000 {
        true => format!("CASE WHEN i.inhdetachpending THEN '{PENDING}' ELSE '' END"),
        false => "''".to_owned(),
    };
    format!(
        "SELECT c.oid::text AS table_oid, pn.nspname::text AS schema_name, p.relname::text AS name, \
         pg_get_expr(p.relpartbound, p.oid) || \
         CASE WHEN p.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(p.oid) ELSE '' END || {pending} AS bounds \
         FROM {TABLES} JOIN pg_inherits i ON i.inhparent = c.oid JOIN pg_class p ON p.oid = i.inhrelid \
         JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE c.relkind = 'p' AND {wanted}"
    )
}

/// What stands below the partitions of tables: partitions of partitions, and the triggers of all of them that they have not
/// from their table.
pub(super) fn below(wanted: &str, capability: &Capability) -> String {
    let own = if support::version(capability) >= 130_000 { "AND g.tgparentid = 0 " } else { "" };
    format!(
        "WITH RECURSIVE tree(root, whole, part, depth) AS (\
           SELECT c.oid, c.oid, i.inhrelid, 1 FROM {TABLES} JOIN pg_inherits i ON i.inhparent = c.oid \
           WHERE c.relkind = 'p' AND {wanted} \
           UNION ALL SELECT t.root, i.inhparent, i.inhrelid, t.depth + 1 FROM tree t \
           JOIN pg_inherits i ON i.inhparent = t.part), \
         found(root, depth, relation, name, bounds, sql_text, whole) AS (\
           SELECT t.root, t.depth, t.part, NULL::text, pg_get_expr(p.relpartbound, p.oid) || \
             CASE WHEN p.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(p.oid) ELSE '' END, NULL::text, t.whole \
           FROM tree t JOIN pg_class p ON p.oid = t.part WHERE t.depth > 1 \
           UNION ALL SELECT t.root, 1000, t.part, g.tgname::text, NULL::text, pg_get_triggerdef(g.oid), NULL::oid \
           FROM tree t JOIN pg_trigger g ON g.tgrelid = t.part WHERE NOT g.tgisinternal {own}) \
         SELECT f.root::text AS table_oid, f.name AS trigger_name, f.bounds, f.sql_text, pn.nspname::text AS schema_name, \
           p.relname::text AS name, wn.nspname::text AS whole_schema, w.relname::text AS whole \
         FROM found f JOIN pg_class p ON p.oid = f.relation JOIN pg_namespace pn ON pn.oid = p.relnamespace \
         LEFT JOIN pg_class w ON w.oid = f.whole LEFT JOIN pg_namespace wn ON wn.oid = w.relnamespace \
         ORDER BY f.depth, p.relname, f.name"
    )
}

impl Found {
    pub(super) fn below(&mut self, row: &Row) {
        let named = |schema, name| TableName { schema: Some(text(row, schema)), name: text(row, name) };
        let stands = named("schema_name", "name");
        let object = match row.text("trigger_name") {
            Some(name) => Object::Trigger(TriggerDef {
                name: name.to_owned(),
                table: stands,
                sql: text(row, "sql_text"),
            }),
            None => Object::Partition(PartitionDef {
                name: stands,
                of: named("whole_schema", "whole"),
                bounds: text(row, "bounds"),
            }),
        };
        if let Some(entry) = self.entry(row) {
            entry.table.below.push(object);
        }
    }

    pub(super) fn partition(&mut self, row: &Row) {
        let (schema, name, bounds) = (text(row, "schema_name"), text(row, "name"), text(row, "bounds"));
        if let Some(entry) = self.entry(row) {
            entry.table.partitions.push((TableName { schema: Some(schema), name }, bounds));
        }
    }

    pub(super) fn table(&mut self, row: &Row) -> Result<(), DriverError> {
        let mut parameters = list(row, "parameters")?;
        parameters.extend(list(row, "toast_parameters")?.iter().map(|one| format!("toast.{one}")));
        let options = TableOptions {
            unlogged: (row.text("persistence") == Some("u")).then_some(true),
            temporary: row.text("persistence") == Some("t"),
            parameters: options::read(&parameters, row.text("tablespace")),
            ..TableOptions::default()
        };
        let comment = row.text("comment").map(str::to_owned);
        let whole = row.text("whole").map(|name| TableName {
            schema: (!row.boolean("whole_own")).then(|| text(row, "whole_schema")),
            name: name.to_owned(),
        });
        let partition_of = whole.map(|whole| (whole, text(row, "bounds")));
        let partition_by = row.text("split_by").map(str::to_owned);
        let entry = Entry {
            namespace: text(row, "schema_name"),
            name: text(row, "table_name"),
            own: row.boolean("own"),
            numbers: Vec::new(),
            table: Table { comment, options, partition_by, partition_of, ..Table::default() },
        };
        self.tables.insert(text(row, "table_oid"), entry);
        Ok(())
    }
}
