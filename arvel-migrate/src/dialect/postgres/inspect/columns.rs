//! Columns: type, default, how they count, how they are computed, collation and comment.

use crate::{
    dialect::Row,
    operation::{Generated, Identity},
    schema::Column,
};

use super::{
    super::{identity, normalize},
    Found, TABLES, text,
};

pub(super) fn sql(wanted: &str) -> String {
    format!(
        "SELECT c.oid::text AS table_oid, a.attnum::text AS number, a.attname::text AS name, \
         format_type(a.atttypid, a.atttypmod) AS type_name, (NOT a.attnotnull)::text AS nullable, \
         pg_get_expr(e.adbin, e.adrelid, a.attgenerated <> '') AS default_text, a.attidentity::text AS identity, \
         a.attgenerated::text AS generated, d.description AS comment, \
         CASE WHEN a.attcollation <> t.typcollation THEN l.collname::text END AS collation, \
         s.seqstart::text AS start, s.seqincrement::text AS step, s.seqmin::text AS minimum, \
         s.seqmax::text AS maximum, s.seqcache::text AS cache, s.seqcycle::text AS cycle \
         FROM {TABLES} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
         JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_collation l ON l.oid = a.attcollation \
         LEFT JOIN pg_attrdef e ON e.adrelid = c.oid AND e.adnum = a.attnum \
         LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = a.attnum \
         LEFT JOIN pg_depend q ON a.attidentity <> '' AND q.refclassid = 'pg_class'::regclass AND q.refobjid = c.oid \
           AND q.refobjsubid = a.attnum AND q.classid = 'pg_class'::regclass AND q.deptype = 'i' \
         LEFT JOIN pg_sequence s ON s.seqrelid = q.objid \
         WHERE {wanted} ORDER BY c.oid, a.attnum"
    )
}

/// The server puts parentheses around an expression that it casts to the column's type without saying so.
fn bare(expression: &str) -> String {
    normalize::expression(expression)
}

impl Found {
    pub(super) fn column(&mut self, row: &Row) {
        let Some(entry) = self.entry(row) else { return };
        let (name, type_name) = (text(row, "name"), text(row, "type_name"));
        entry.numbers.push((row.integer("number").unwrap_or_default(), name.clone()));
        let default = row.text("default_text").map(str::to_owned);
        let generated = row.text("generated").filter(|kind| !kind.is_empty());
        let serial = default.as_deref().is_some_and(|text| text.starts_with("nextval("));
        let kind = row.text("identity").filter(|kind| !kind.is_empty());
        let identity = kind.map(|kind| {
            let identity = Identity {
                always: kind == "a",
                start: row.integer("start"),
                increment: row.integer("step"),
                minimum: row.integer("minimum"),
                maximum: row.integer("maximum"),
                cache: row.integer("cache"),
                cycle: row.boolean("cycle"),
            };
            identity::plain(&identity, &type_name)
        });
        entry.table.columns.push(Column {
            name,
            nullable: row.boolean("nullable"),
            auto_increment: serial || identity.is_some(),
            identity,
            generated: generated.and_then(|kind| {
                Some(Generated { expression: bare(default.as_deref()?), stored: kind == "s" })
            }),
            default: default.filter(|_| generated.is_none()),
            collation: row.text("collation").map(str::to_owned),
            comment: row.text("comment").map(str::to_owned),
            type_name,
            ..Column::default()
        });
    }
}
