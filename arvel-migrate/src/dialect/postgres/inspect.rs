//! The live schema, read from `pg_catalog` in four queries, however many tables there are.
//!
//! Never from `information_schema`, which shows keys only to the owner of a table. An unqualified name is a table of
//! `current_schema()`; partitions and tables of extensions are left out unless they are named. An index carries its
//! `sql` only where columns and kind do not tell all: a predicate, another method, an operator class, an order.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    dialect::{Connection, DriverError, ErrorKind, Row, quote},
    operation::{ForeignKeyAction, IndexKind, TableName},
    schema::{Check, Column, DatabaseSchema, ForeignKey, Index, PrimaryKey, Table},
};

use super::{enumeration, fold};

pub(super) async fn inspect(
    connection: &mut dyn Connection,
    tables: Option<&BTreeSet<TableName>>,
) -> Result<DatabaseSchema, DriverError> {
    if tables.is_some_and(BTreeSet::is_empty) {
        return Ok(DatabaseSchema::default());
    }
    let wanted = wanted(tables);
    let mut found = Found { named: tables, tables: BTreeMap::new() };
    for row in connection.query(&columns(&wanted)).await? {
        found.column(&row);
    }
    for row in connection.query(&constraints(&wanted)).await? {
        found.constraint(&row)?;
    }
    for row in connection.query(&indexes(&wanted)).await? {
        found.index(&row)?;
    }
    for row in connection.query(&triggers(&wanted)).await? {
        found.trigger(&row);
    }
    Ok(found.schema())
}

/// The condition on `n` (namespace) and `c` (class).
fn wanted(tables: Option<&BTreeSet<TableName>>) -> String {
    let Some(tables) = tables else {
        return "n.nspname = current_schema() AND NOT c.relispartition AND NOT EXISTS (SELECT FROM pg_depend d \
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"
            .to_owned();
    };
    let mut by_schema: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
    for table in tables {
        by_schema.entry(table.schema.as_deref()).or_default().push(quote::text(&table.name));
    }
    let each = by_schema.into_iter().map(|(schema, names)| {
        let schema = schema.map_or_else(|| "current_schema()".to_owned(), quote::text);
        format!("n.nspname = {schema} AND c.relname IN ({})", names.join(", "))
    });
    format!("({})", each.collect::<Vec<_>>().join(" OR "))
}

/// The columns that name a table in every answer, and the joins behind them.
const TABLE: &str = "n.nspname::text AS schema_name, (n.nspname = current_schema())::text AS own, \
                     c.relname::text AS table_name";

fn columns(wanted: &str) -> String {
    format!(
        "SELECT {TABLE}, obj_description(c.oid, 'pg_class') AS table_comment, a.attname::text AS name, \
         format_type(a.atttypid, a.atttypmod) AS type_name, (NOT a.attnotnull)::text AS nullable, \
         pg_get_expr(d.adbin, d.adrelid) AS default_text, a.attidentity::text AS identity, \
         a.attgenerated::text AS generated, col_description(c.oid, a.attnum) AS comment, \
         CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation THEN l.collname::text END AS collation \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
         LEFT JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_collation l ON l.oid = a.attcollation \
         LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum \
         WHERE c.relkind IN ('r', 'p') AND {wanted} ORDER BY c.oid, a.attnum"
    )
}

/// The names of the columns behind an array of attribute numbers, as a JSON array.
fn names(table: &str, numbers: &str) -> String {
    format!(
        "(SELECT json_agg(a.attname::text ORDER BY u.place)::text FROM unnest({numbers}) WITH ORDINALITY \
         AS u(number, place) JOIN pg_attribute a ON a.attrelid = {table} AND a.attnum = u.number)"
    )
}

fn constraints(wanted: &str) -> String {
    format!(
        "SELECT {TABLE}, k.conname::text AS name, k.contype::text AS kind, {} AS columns, \
         pg_get_expr(k.conbin, k.conrelid, true) AS expression, pn.nspname::text AS parent_schema, \
         (pn.nspname = current_schema())::text AS parent_own, p.relname::text AS parent, {} AS parent_columns, \
         k.confdeltype::text AS on_delete, k.confupdtype::text AS on_update \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_constraint k ON k.conrelid = c.oid \
         LEFT JOIN pg_class p ON p.oid = k.confrelid LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace \
         WHERE k.contype IN ('p', 'f', 'c') AND c.relkind IN ('r', 'p') AND {wanted} ORDER BY c.oid, k.conname",
        names("k.conrelid", "k.conkey"),
        names("k.confrelid", "k.confkey"),
    )
}

fn indexes(wanted: &str) -> String {
    // Fields and SQL differ where: it is partial, not a btree, has included columns, an order, or a class or collation
    // that is not the column's own; or its constraint can be deferred, excludes, or holds NULLs for equal.
    format!(
        "SELECT {TABLE}, i.relname::text AS name, x.indisunique::text AS is_unique, \
         (k.oid IS NOT NULL)::text AS is_constraint, \
         (SELECT json_agg(coalesce(a.attname::text, pg_get_indexdef(x.indexrelid, s.place::int, true)) \
          ORDER BY s.place)::text FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS s(number, place) \
          LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = s.number AND s.number <> 0 \
          WHERE s.place <= x.indnkeyatts) AS columns, \
         CASE WHEN x.indpred IS NOT NULL OR x.indexprs IS NOT NULL OR m.amname <> 'btree' \
           OR x.indnatts <> x.indnkeyatts OR EXISTS (SELECT FROM unnest(x.indoption::int2[]) AS o(bits) WHERE o.bits <> 0) \
           OR EXISTS (SELECT FROM unnest(x.indclass::oid[]) AS o(id) JOIN pg_opclass oc ON oc.oid = o.id WHERE NOT oc.opcdefault) \
           OR EXISTS (SELECT FROM unnest(x.indcollation::oid[], x.indkey::int2[]) AS o(id, number) \
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.number WHERE o.id <> 0 AND o.id <> a.attcollation) \
           OR pg_get_indexdef(x.indexrelid) LIKE '%NULLS NOT DISTINCT%' OR k.condeferrable OR k.contype = 'x' \
         THEN coalesce(pg_get_constraintdef(k.oid), pg_get_indexdef(x.indexrelid)) END AS sql_text \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_index x ON x.indrelid = c.oid \
         JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam \
         LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.conrelid = c.oid AND k.contype IN ('u', 'x') \
         WHERE NOT x.indisprimary AND c.relkind IN ('r', 'p') AND {wanted} ORDER BY c.oid, i.relname"
    )
}

fn triggers(wanted: &str) -> String {
    format!(
        "SELECT {TABLE}, t.tgname::text AS name, pg_get_triggerdef(t.oid) AS sql_text \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_trigger t ON t.tgrelid = c.oid \
         WHERE NOT t.tgisinternal AND c.relkind IN ('r', 'p') AND {wanted} ORDER BY c.oid, t.tgname"
    )
}

/// The tables found so far, by their place in the catalog.
struct Found<'a> {
    named: Option<&'a BTreeSet<TableName>>,
    tables: BTreeMap<(String, String), (bool, Table)>,
}

impl Found<'_> {
    fn table(&mut self, row: &Row) -> &mut Table {
        let key = (text(row, "schema_name"), text(row, "table_name"));
        &mut self.tables.entry(key).or_insert_with(|| (row.boolean("own"), Table::default())).1
    }

    fn column(&mut self, row: &Row) {
        let table = self.table(row);
        table.comment = row.text("table_comment").map(str::to_owned);
        let Some(name) = row.text("name") else { return };
        let default = row.text("default_text").map(str::to_owned);
        let generated = row.text("generated").filter(|kind| !kind.is_empty());
        let serial = default.as_deref().is_some_and(|text| text.starts_with("nextval("));
        table.columns.push(Column {
            name: name.to_owned(),
            type_name: text(row, "type_name"),
            nullable: row.boolean("nullable"),
            auto_increment: serial || row.text("identity").is_some_and(|kind| !kind.is_empty()),
            generated: generated.and_then(|kind| Some((default.clone()?, kind == "s"))),
            default: default.filter(|_| generated.is_none()),
            collation: row.text("collation").map(str::to_owned),
            comment: row.text("comment").map(str::to_owned),
            extra: None,
        });
    }

    fn constraint(&mut self, row: &Row) -> Result<(), DriverError> {
        let (name, columns) = (text(row, "name"), list(row, "columns")?);
        match row.text("kind") {
            Some("p") => self.table(row).primary_key = Some(PrimaryKey { name: Some(name), columns }),
            Some("f") => {
                let own = row.boolean("parent_own");
                let key = ForeignKey {
                    name: Some(name),
                    columns,
                    references: TableName {
                        schema: (!own).then(|| text(row, "parent_schema")),
                        name: text(row, "parent"),
                    },
                    referenced_columns: list(row, "parent_columns")?,
                    on_delete: action(row.text("on_delete")),
                    on_update: action(row.text("on_update")),
                };
                self.table(row).foreign_keys.push(key);
            }
            _ => {
                let expression = text(row, "expression");
                let table = self.table(row);
                if let [only] = columns.as_slice()
                    && let Some(column) = table.columns.iter_mut().find(|column| &column.name == only)
                    && column.extra.is_none()
                    && let Some(values) = enumeration::read(&name, only, &column.type_name, &expression)
                {
                    column.extra = Some(enumeration::extra(&name, &values));
                } else {
                    table.checks.push(Check { name: Some(name), expression });
                }
            }
        }
        Ok(())
    }

    fn index(&mut self, row: &Row) -> Result<(), DriverError> {
        let index = Index {
            name: text(row, "name"),
            columns: list(row, "columns")?,
            kind: if row.boolean("is_unique") { IndexKind::Unique } else { IndexKind::Index },
            sql: row.text("sql_text").map(str::to_owned),
            constraint: row.boolean("is_constraint"),
        };
        self.table(row).indexes.push(index);
        Ok(())
    }

    fn trigger(&mut self, row: &Row) {
        let trigger = (text(row, "name"), text(row, "sql_text"));
        self.table(row).triggers.push(trigger);
    }

    /// The tables under the names by which they were asked for.
    fn schema(self) -> DatabaseSchema {
        let mut schema = DatabaseSchema::default();
        for ((namespace, name), (own, mut table)) in self.tables {
            fold::sort(&mut table);
            let qualified = TableName { schema: Some(namespace), name: name.clone() };
            let unqualified = TableName { schema: None, name };
            let asked = |name: &TableName| self.named.is_some_and(|named| named.contains(name));
            if asked(&qualified) {
                schema.tables.insert(qualified, table.clone());
            }
            if own && (self.named.is_none() || asked(&unqualified)) {
                schema.tables.insert(unqualified, table);
            }
        }
        schema
    }
}

fn text(row: &Row, column: &str) -> String {
    row.text(column).unwrap_or_default().to_owned()
}

fn list(row: &Row, column: &str) -> Result<Vec<String>, DriverError> {
    let Some(json) = row.text(column) else { return Ok(Vec::new()) };
    serde_json::from_str(json).map_err(|error| {
        DriverError::new(ErrorKind::Statement, format!("the catalog's list of columns `{json}`: {error}"))
    })
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
