//! The objects of a live database: the texts of `sqlite_schema`, in one query.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    dialect::{Connection, DriverError, Row, objects::Asked, quote},
    operation::{Object, ObjectId, ObjectKind, TriggerDef, ViewDef},
    schema::Wanted,
};

use super::{
    super::{compile::same_table, inspect::text_cell},
    view,
};

type Objects = BTreeMap<ObjectId, Object>;

const KINDS: &[ObjectKind] = &[ObjectKind::View, ObjectKind::Trigger];

/// Views come with their triggers.
pub(in crate::dialect::sqlite) async fn inspect(
    connection: &mut dyn Connection,
    wanted: Option<&Wanted>,
) -> Result<Objects, DriverError> {
    let mut found = Objects::new();
    let Some(asked) = Asked::of(wanted, KINDS) else { return Ok(found) };
    // Triggers of tables stand with their tables.
    let of_views = "AND (type = 'view' OR EXISTS (SELECT 1 FROM main.sqlite_schema v \
                    WHERE v.type = 'view' AND v.name = s.tbl_name COLLATE NOCASE))";
    let filter = asked.ids().map_or_else(
        || of_views.to_owned(),
        |ids| {
            let names: BTreeSet<String> =
                ids.iter().map(|id| quote::text(&id.name.name.to_ascii_lowercase())).collect();
            let names = names.into_iter().collect::<Vec<_>>().join(", ");
            format!("AND (lower(name) IN ({names}) OR lower(tbl_name) IN ({names}))")
        },
    );
    let sql = format!(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_schema s WHERE type IN ('view', 'trigger') {filter}"
    );
    for row in connection.query(&sql).await? {
        let objects = if row.at(0) == Some("view") { view(&asked, &row) } else { trigger(&asked, &row) };
        found.extend(objects.into_iter().map(|object| (object.id(), object)));
    }
    Ok(found)
}

fn view(asked: &Asked<'_>, row: &Row) -> Vec<Object> {
    let Some((columns, query)) = view::parse(&text_cell(row, 3)) else { return Vec::new() };
    let own = text_cell(row, 1);
    let names = asked.names(ObjectKind::View, &own, |id| same_table(&id.name, &own.as_str().into()));
    let named = |name| ViewDef { name, columns: columns.clone(), query: query.clone(), ..ViewDef::default() };
    names.into_iter().map(|name| Object::View(named(name))).collect()
}

/// A trigger that is asked for, or whose view is.
fn trigger(asked: &Asked<'_>, row: &Row) -> Vec<Object> {
    let (name, table, sql) = (text_cell(row, 1), text_cell(row, 2), text_cell(row, 3));
    let trigger = TriggerDef { name, table: table.as_str().into(), sql };
    let Some(ids) = asked.ids() else { return vec![Object::Trigger(trigger)] };
    ids.iter()
        .filter_map(|id| match (id.kind, &id.table) {
            (ObjectKind::View, _) if same_table(&id.name, &trigger.table) => {
                Some(TriggerDef { table: id.name.clone(), ..trigger.clone() })
            }
            (ObjectKind::Trigger, Some(of))
                if same_table(of, &trigger.table) && id.name.name.eq_ignore_ascii_case(&trigger.name) =>
            {
                Some(TriggerDef { table: of.clone(), name: id.name.name.clone(), ..trigger.clone() })
            }
            _ => None,
        })
        .map(Object::Trigger)
        .collect()
}
