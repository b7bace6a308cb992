//! The objects of a live database, read from `pg_catalog`: one query for each kind, however many objects there are.
//!
//! In an inspection of everything they are those of `current_schema()`. What belongs to an extension is left out.

use std::collections::BTreeMap;

use crate::{
    dialect::{Capability, Connection, DriverError, ErrorKind, Row, objects::Asked, objects::trimmed, quote},
    operation::{
        EnumDef, ExtensionDef, NamespaceDef, Object, ObjectId, ObjectKind, RoutineDef, SequenceDef,
        TableName, TriggerDef, ViewDef,
    },
    schema::{Index, Wanted},
    undo,
};

use super::{
    super::{inspect::indexes_of, options},
    partition,
};

type Objects = BTreeMap<ObjectId, Object>;

pub(in crate::dialect::postgres) async fn inspect(
    connection: &mut dyn Connection,
    capability: &Capability,
    wanted: Option<&Wanted>,
) -> Result<Objects, DriverError> {
    let mut found = Objects::new();
    if let Some(asked) = Asked::of(wanted, &[ObjectKind::View, ObjectKind::MaterializedView]) {
        let rows = connection.query(&views(&asked)).await?;
        let kept = rows.iter().filter(|row| is_kept(row)).map(|row| text(row, "oid")).collect();
        let indexes = indexes_of(connection, capability, &kept).await?;
        for row in &rows {
            found.extend(view(&asked, row, indexes.get(&text(row, "oid")))?);
        }
    }
    if let Some(asked) = Asked::of(wanted, &[ObjectKind::Sequence]) {
        let rows = connection.query(&sequences(&asked)).await?;
        found.extend(rows.iter().filter_map(|row| sequence(&asked, row)));
    }
    if let Some(asked) = Asked::of(wanted, &[ObjectKind::Enum]) {
        for row in connection.query(&enums(&asked)).await? {
            if let Some(name) = asked.name(&row, ObjectKind::Enum, &text(&row, "name")) {
                found.extend([keyed(Object::Enum(EnumDef { name, values: list(&row, "enum_values")? }))]);
            }
        }
    }
    if let Some(asked) = Asked::of(wanted, &[ObjectKind::Extension]) {
        for row in connection.query(EXTENSIONS).await? {
            let name = text(&row, "name");
            for name in asked.names(ObjectKind::Extension, &name, |id| id.name.name == name) {
                let schema = row.text("schema_name").map(str::to_owned);
                let def = ExtensionDef { name: name.name, schema, if_not_exists: false };
                found.extend([keyed(Object::Extension(def))]);
            }
        }
    }
    if let Some(asked) = Asked::of(wanted, &[ObjectKind::Namespace]) {
        for row in connection.query(NAMESPACES).await? {
            let name = text(&row, "name");
            for name in asked.names(ObjectKind::Namespace, &name, |id| id.name.name == name) {
                let def = NamespaceDef { name: name.name, if_not_exists: false };
                found.extend([keyed(Object::Namespace(def))]);
            }
        }
    }
    if let Some(asked) = Asked::of(wanted, &[ObjectKind::Function, ObjectKind::Procedure]) {
        let rows = connection.query(&routines(&asked)).await?;
        found.extend(rows.iter().filter_map(|row| routine(&asked, row)));
    }
    if let Some(asked) = Asked::of(wanted, &[ObjectKind::Partition])
        && let Some(sql) = partition::sql(&asked)
    {
        let rows = connection.query(&sql).await?;
        found.extend(rows.iter().filter_map(|row| partition::read(&asked, row)));
    }
    if let Some(asked) = Asked::of(wanted, &[ObjectKind::Trigger, ObjectKind::View]) {
        let rows = connection.query(&triggers(&asked)).await?;
        found.extend(rows.iter().map(|row| trigger(&asked, row)));
    }
    Ok(found)
}

/// An extension in `current_schema()` says no schema. The language that every database has is no news.
const EXTENSIONS: &str = "SELECT e.extname::text AS name, \
     CASE WHEN n.nspname <> current_schema() THEN n.nspname::text END AS schema_name \
     FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql'";

/// The schemas beside the connection's own.
const NAMESPACES: &str = "SELECT n.nspname::text AS name FROM pg_namespace n \
     WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> current_schema() \
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid \
     AND d.deptype = 'e')";

/// Which rows are meant: what stands behind `FROM`, what behind `WHERE`. `n` is the namespace.
struct Meant {
    join: String,
    filter: String,
}

impl Meant {
    /// Objects of a class of the catalog, by the name in `name`.
    fn of(asked: &Asked<'_>, name: &str, class: &str, oid: &str) -> Self {
        let Some(ids) = asked.numbered() else {
            return Self {
                join: "CROSS JOIN (SELECT NULL::integer AS asked) w".to_owned(),
                filter: format!(
                    "n.nspname = current_schema() AND NOT EXISTS (SELECT FROM pg_depend d \
                     WHERE d.classid = '{class}'::regclass AND d.objid = {oid} AND d.deptype = 'e')"
                ),
            };
        };
        let rows: Vec<String> = ids
            .map(|(number, id)| {
                let schema =
                    id.name.schema.as_deref().map_or_else(|| "current_schema()".to_owned(), quote::text);
                format!("({number}, {schema}::text, {}::text)", quote::text(&id.name.name))
            })
            .collect();
        Self {
            join: format!("JOIN (VALUES {}) AS w (asked, schema_name, name) ON true", rows.join(", ")),
            filter: format!("n.nspname = w.schema_name AND {name} = w.name"),
        }
    }
}

fn views(asked: &Asked<'_>) -> String {
    let Meant { join, filter } = Meant::of(asked, "c.relname", "pg_class", "c.oid");
    format!(
        "SELECT w.asked::text AS asked, c.oid::text AS oid, c.relname::text AS name, c.relkind::text AS kind, \
         c.relispopulated::text AS populated, pg_get_viewdef(c.oid) AS query, \
         array_to_json(c.reloptions)::text AS options, s.spcname::text AS tablespace \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace {join} \
         WHERE c.relkind IN ('v', 'm') AND {filter}"
    )
}

/// Whether a view keeps its rows.
fn is_kept(row: &Row) -> bool {
    row.text("kind") == Some("m")
}

fn view(
    asked: &Asked<'_>,
    row: &Row,
    indexes: Option<&Vec<Index>>,
) -> Result<Option<(ObjectId, Object)>, DriverError> {
    let materialized = is_kept(row);
    let kind = if materialized { ObjectKind::MaterializedView } else { ObjectKind::View };
    let Some(name) = asked.name(row, kind, &text(row, "name")) else { return Ok(None) };
    let mut view = ViewDef {
        name,
        query: trimmed(&text(row, "query")).to_owned(),
        materialized,
        without_data: materialized && !row.boolean("populated"),
        indexes: indexes.into_iter().flatten().map(undo::index).collect(),
        ..ViewDef::default()
    };
    let written = list(row, "options")?;
    if materialized {
        view.options = options::read(&written, row.text("tablespace"));
        return Ok(Some(keyed(Object::View(view))));
    }
    for option in written {
        match option.split_once('=') {
            Some(("check_option", value)) => view.check_option = Some(value.to_uppercase()),
            Some((name, value)) => view.options.push((name.to_owned(), value.to_owned())),
            None => {}
        }
    }
    Ok(Some(keyed(Object::View(view))))
}

/// Not those behind identity columns, which are part of the column.
fn sequences(asked: &Asked<'_>) -> String {
    let Meant { join, filter } = Meant::of(asked, "c.relname", "pg_class", "c.oid");
    format!(
        "SELECT w.asked::text AS asked, c.relname::text AS name, s.seqstart::text AS start, \
         s.seqincrement::text AS increment, s.seqmin::text AS minimum, s.seqmax::text AS maximum, \
         s.seqcache::text AS cache, s.seqcycle::text AS cycle, format_type(s.seqtypid, NULL) AS data_type, \
         CASE WHEN on_.nspname <> current_schema() THEN on_.nspname::text END AS owner_schema, \
         o.relname::text AS owner, a.attname::text AS owner_column \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid \
         LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid \
           AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') \
         LEFT JOIN pg_class o ON o.oid = d.refobjid LEFT JOIN pg_namespace on_ ON on_.oid = o.relnamespace \
         LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid {join} \
         WHERE d.deptype IS DISTINCT FROM 'i' AND {filter}"
    )
}

fn sequence(asked: &Asked<'_>, row: &Row) -> Option<(ObjectId, Object)> {
    let owner = row.text("owner").map(str::to_owned);
    let owned_by = owner.map(|name| {
        let schema = row.text("owner_schema").map(str::to_owned);
        (TableName { schema, name }, text(row, "owner_column"))
    });
    Some(keyed(Object::Sequence(SequenceDef {
        name: asked.name(row, ObjectKind::Sequence, &text(row, "name"))?,
        start: row.integer("start"),
        increment: row.integer("increment"),
        minimum: row.integer("minimum"),
        maximum: row.integer("maximum"),
        cache: row.integer("cache"),
        data_type: row.text("data_type").filter(|kind| *kind != "bigint").map(str::to_owned),
        cycle: row.boolean("cycle"),
        owned_by,
    })))
}

fn enums(asked: &Asked<'_>) -> String {
    let Meant { join, filter } = Meant::of(asked, "t.typname", "pg_type", "t.oid");
    format!(
        "SELECT w.asked::text AS asked, t.typname::text AS name, \
         (SELECT json_agg(e.enumlabel::text ORDER BY e.enumsortorder)::text FROM pg_enum e \
          WHERE e.enumtypid = t.oid) AS enum_values \
         FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace {join} WHERE t.typtype = 'e' AND {filter}"
    )
}

/// Not aggregates, which have no text.
fn routines(asked: &Asked<'_>) -> String {
    let Meant { join, filter } = Meant::of(asked, "p.proname", "pg_proc", "p.oid");
    format!(
        "SELECT w.asked::text AS asked, p.proname::text AS name, p.prokind::text AS kind, \
         oidvectortypes(p.proargtypes) AS arguments, pg_get_functiondef(p.oid) AS sql_text \
         FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace {join} \
         WHERE p.prokind <> 'a' AND {filter}"
    )
}

/// A routine that is asked for by name is the one whose arguments are those of the drop, spelled like the server or not.
fn routine(asked: &Asked<'_>, row: &Row) -> Option<(ObjectId, Object)> {
    let procedure = row.text("kind") == Some("p");
    let kind = if procedure { ObjectKind::Procedure } else { ObjectKind::Function };
    let shown = text(row, "arguments");
    let name = asked.name(row, kind, &text(row, "name"))?;
    let arguments = match asked.id(row) {
        Some(id) => {
            let asked = id.arguments.clone().unwrap_or_default();
            let plain = |types: &str| types.to_lowercase().replace(' ', "");
            (plain(&asked) == plain(&shown)).then_some(asked)?
        }
        None => shown,
    };
    let sql = trimmed(&text(row, "sql_text")).to_owned();
    Some(keyed(Object::Routine(RoutineDef { name, arguments, procedure, sql })))
}

/// The triggers that are asked for, and those of views, which come with their view. Triggers of tables stand with their
/// tables.
fn triggers(asked: &Asked<'_>) -> String {
    let (join, filter) = match asked.numbered() {
        None => (
            "CROSS JOIN (SELECT NULL::integer AS asked) w".to_owned(),
            "n.nspname = current_schema() AND c.relkind = 'v'".to_owned(),
        ),
        Some(ids) => {
            let rows: Vec<String> = ids
                .map(|(number, id)| {
                    let table = id.table.as_ref().unwrap_or(&id.name);
                    let schema =
                        table.schema.as_deref().map_or_else(|| "current_schema()".to_owned(), quote::text);
                    let name = match id.kind {
                        ObjectKind::Trigger => quote::text(&id.name.name),
                        _ => "NULL".to_owned(),
                    };
                    format!("({number}, {schema}::text, {}::text, {name}::text)", quote::text(&table.name))
                })
                .collect();
            (
                format!("JOIN (VALUES {}) AS w (asked, space, of_table, name) ON true", rows.join(", ")),
                "n.nspname = w.space AND c.relname = w.of_table AND (w.name IS NULL OR w.name = t.tgname)"
                    .to_owned(),
            )
        }
    };
    format!(
        "SELECT w.asked::text AS asked, t.tgname::text AS name, c.relname::text AS table_name, \
         pg_get_triggerdef(t.oid) AS sql_text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
         JOIN pg_namespace n ON n.oid = c.relnamespace {join} WHERE NOT t.tgisinternal AND {filter}"
    )
}

fn trigger(asked: &Asked<'_>, row: &Row) -> (ObjectId, Object) {
    let table = match asked.id(row) {
        Some(id) => id.table.clone().unwrap_or_else(|| id.name.clone()),
        None => TableName { schema: None, name: text(row, "table_name") },
    };
    keyed(Object::Trigger(TriggerDef { name: text(row, "name"), table, sql: text(row, "sql_text") }))
}

/// An object with its key.
fn keyed(object: Object) -> (ObjectId, Object) {
    (object.id(), object)
}

fn text(row: &Row, column: &str) -> String {
    row.text(column).unwrap_or_default().to_owned()
}

/// A list that comes as JSON; NULL is empty.
fn list(row: &Row, column: &str) -> Result<Vec<String>, DriverError> {
    let Some(json) = row.text(column) else { return Ok(Vec::new()) };
    serde_json::from_str(json).map_err(|error| {
        DriverError::new(ErrorKind::Statement, format!("the catalog's list `{json}`: {error}"))
    })
}
