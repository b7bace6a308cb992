//! Indexes, and the unique keys that they stand behind: a row for each column of each index.

use crate::{
    dialect::{Capability, DriverError, Row},
    operation::{IndexColumn, IndexKind, NullsOrder},
    schema::Index,
};

use super::{
    super::{full_text, index, options, support},
    Found, TABLES, constraints, list, text,
};

pub(super) fn sql(wanted: &str, capability: &Capability) -> String {
    let nulls = match support::version(capability) >= 150_000 {
        true => "x.indnullsnotdistinct::text",
        false => "'false'",
    };
    // The collation that an expression has by its columns stands nowhere: the server says it where it differs.
    let of_expression = "CASE WHEN l.oid <> 100 AND strpos(pg_get_indexdef(x.indexrelid), \
         pg_get_indexdef(x.indexrelid, s.place, false) || ' COLLATE ') > 0 THEN l.collname::text END";
    format!(
        "SELECT c.oid::text AS table_oid, i.relname::text AS name, x.indisunique::text AS is_unique, \
         x.indisvalid::text AS valid, (k.oid IS NOT NULL)::text AS is_constraint, \
         k.condeferrable::text AS deferrable, k.condeferred::text AS deferred, m.amname::text AS method, \
         {nulls} AS nulls_not_distinct, pg_get_expr(x.indpred, x.indrelid, true) AS predicate, \
         to_json(i.reloptions)::text AS parameters, sp.spcname::text AS tablespace, d.description AS comment, \
         s.place::text AS place, (s.place > x.indnkeyatts)::text AS included, a.attname::text AS column_name, \
         CASE WHEN x.indkey[s.place - 1] = 0 THEN pg_get_indexdef(x.indexrelid, s.place, true) END AS expression, \
         x.indoption[s.place - 1]::text AS bits, \
         CASE WHEN NOT oc.opcdefault OR m.amname IN ('hnsw', 'ivfflat') THEN oc.opcname::text END AS class, \
         CASE WHEN x.indkey[s.place - 1] = 0 THEN {of_expression} \
           WHEN l.oid <> a.attcollation THEN l.collname::text END AS collation, \
         CASE WHEN ia.attoptions IS NOT NULL THEN pg_get_indexdef(x.indexrelid) END AS sql_text \
         FROM {TABLES} JOIN pg_index x ON x.indrelid = c.oid \
         JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam \
         CROSS JOIN LATERAL generate_series(1, x.indnatts) AS s(place) \
         LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[s.place - 1] \
           AND x.indkey[s.place - 1] <> 0 \
         LEFT JOIN pg_attribute ia ON ia.attrelid = i.oid AND ia.attnum = s.place \
         LEFT JOIN pg_opclass oc ON oc.oid = x.indclass[s.place - 1] \
         LEFT JOIN pg_collation l ON l.oid = x.indcollation[s.place - 1] \
         LEFT JOIN pg_tablespace sp ON sp.oid = i.reltablespace \
         LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = i.oid AND d.objsubid = 0 \
         LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.conrelid = c.oid AND k.contype = 'u' \
         WHERE NOT x.indisprimary AND NOT x.indisexclusion AND {wanted} ORDER BY i.oid, s.place"
    )
}

impl Found {
    pub(super) fn index(&mut self, row: &Row) -> Result<(), DriverError> {
        let first = row.text("place") == Some("1");
        let new = first.then(|| head(row)).transpose()?;
        let Some(entry) = self.entry(row) else { return Ok(()) };
        entry.table.indexes.extend(new);
        let Some(index) = entry.table.indexes.last_mut() else { return Ok(()) };
        if let Some(sql) = row.text("sql_text") {
            index.sql = Some(sql.to_owned());
        }
        match row.text("column_name") {
            Some(name) if row.boolean("included") => index.include.push(name.to_owned()),
            _ => index.columns.push(column(row)),
        }
        Ok(())
    }

    /// Each index in the one reading that it has, once all its columns are there.
    pub(super) fn settle_indexes(&mut self) {
        for entry in self.tables.values_mut() {
            for index in std::mem::take(&mut entry.table.indexes) {
                let index = index::canonical(as_full_text(index), &entry.table.columns);
                entry.table.indexes.push(index);
            }
        }
    }
}

fn head(row: &Row) -> Result<Index, DriverError> {
    Ok(Index {
        name: text(row, "name"),
        kind: if row.boolean("is_unique") { IndexKind::Unique } else { IndexKind::Index },
        method: row.text("method").map(str::to_owned),
        predicate: row.text("predicate").map(str::to_owned),
        nulls_not_distinct: row.boolean("nulls_not_distinct"),
        deferrable: constraints::deferrable(row),
        comment: row.text("comment").map(str::to_owned),
        parameters: options::read(&list(row, "parameters")?, row.text("tablespace")),
        invalid: !row.boolean("valid"),
        constraint: row.boolean("is_constraint"),
        ..Index::default()
    })
}

fn column(row: &Row) -> IndexColumn {
    let mut column = match row.text("column_name") {
        Some(name) => IndexColumn::column(name),
        None => IndexColumn::expression(row.text("expression").unwrap_or_default()),
    };
    let bits = row.integer("bits").unwrap_or_default();
    column.descending = bits & 1 != 0;
    column.nulls = Some(if bits & 2 != 0 { NullsOrder::First } else { NullsOrder::Last });
    column.operator_class = row.text("class").map(str::to_owned);
    column.collation = row.text("collation").map(str::to_owned);
    column
}

/// The index as one for full text, when its expression is one that is made for that.
fn as_full_text(mut index: Index) -> Index {
    if let [part] = index.columns.as_slice()
        && part.name().is_none()
        && matches!(index.method.as_deref(), Some("gin" | "gist"))
        && let Some((language, columns)) = full_text::read(part.text())
    {
        index.kind = IndexKind::FullText;
        index.language = Some(language);
        index.columns = columns.into_iter().map(IndexColumn::column).collect();
    }
    index
}
