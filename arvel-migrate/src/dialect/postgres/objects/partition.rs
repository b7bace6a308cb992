//! Partitions that are asked for by name. In an inspection of everything they stand with their tables.

use crate::{
    dialect::{Row, objects::Asked, quote},
    operation::{Object, ObjectId, PartitionDef},
};

pub(super) fn sql(asked: &Asked<'_>) -> Option<String> {
    let rows: Vec<String> = asked
        .numbered()?
        .filter_map(|(number, id)| {
            let name = |schema: &Option<String>, name: &str| {
                let schema = schema.as_deref().map_or_else(|| "current_schema()".to_owned(), quote::text);
                format!("{schema}::text, {}::text", quote::text(name))
            };
            let whole = id.table.as_ref()?;
            Some(format!(
                "({number}, {}, {})",
                name(&id.name.schema, &id.name.name),
                name(&whole.schema, &whole.name)
            ))
        })
        .collect();
    (!rows.is_empty()).then(|| {
        format!(
            "SELECT w.asked::text AS asked, pg_get_expr(c.relpartbound, c.oid) || \
             CASE WHEN c.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END AS bounds \
             FROM (VALUES {}) AS w (asked, space, name, whole_space, whole) \
             JOIN pg_namespace n ON n.nspname = w.space \
             JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name AND c.relispartition \
             JOIN pg_inherits i ON i.inhrelid = c.oid JOIN pg_class p ON p.oid = i.inhparent AND p.relname = w.whole \
             JOIN pg_namespace pn ON pn.oid = p.relnamespace AND pn.nspname = w.whole_space",
            rows.join(", ")
        )
    })
}

pub(super) fn read(asked: &Asked<'_>, row: &Row) -> Option<(ObjectId, Object)> {
    let id = asked.id(row)?;
    let bounds = row.text("bounds").unwrap_or_default().to_owned();
    let def = PartitionDef { name: id.name.clone(), of: id.table.clone()?, bounds };
    Some((id.clone(), Object::Partition(def)))
}
