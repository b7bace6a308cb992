//! The objects of a live database, read from `information_schema`. In an inspection of everything they are those of
//! `DATABASE()`.
//!
//! Views are one query, sequences two (their names, and then a `SELECT` over all of them), however many there are. The
//! text of a routine is told by `SHOW CREATE` alone, one by one: `information_schema` knows neither its arguments as they
//! were written nor whether it is an aggregate. So an inspection takes one query more for each routine that it shows.
//! Triggers and partitions are read with their tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    dialect::{Connection, DriverError, Row, objects::Asked, quote},
    operation::{Object, ObjectId, ObjectKind, RoutineDef, SequenceDef, TableName, ViewDef},
    schema::Wanted,
};

use super::{
    super::{QUOTE, facts::Facts, literal},
    routine,
    text::{closing, named},
};

type Objects = BTreeMap<ObjectId, Object>;

pub(in crate::dialect::mysql) async fn inspect(
    facts: &Facts,
    connection: &mut dyn Connection,
    wanted: Option<&Wanted>,
) -> Result<Objects, DriverError> {
    let mut found = Objects::new();
    if let Some(asked) = Asked::of(wanted, &[ObjectKind::View]) {
        for row in connection.query(&views(facts, &asked)).await? {
            for view in view(&asked, &row) {
                found.insert(view.id(), view);
            }
        }
    }
    if facts.sequences
        && let Some(asked) = Asked::of(wanted, &[ObjectKind::Sequence])
    {
        sequences(facts, &asked, connection, &mut found).await?;
    }
    if let Some(asked) = Asked::of(wanted, &[ObjectKind::Function, ObjectKind::Procedure]) {
        routines(&asked, connection, &mut found).await?;
    }
    Ok(found)
}

/// How many sequences are asked at once.
const AT_ONCE: usize = 200;

async fn sequences(
    facts: &Facts,
    asked: &Asked<'_>,
    connection: &mut dyn Connection,
    found: &mut Objects,
) -> Result<(), DriverError> {
    let data_type = match facts.sequence_types {
        true => {
            "(SELECT c.DATA_TYPE FROM information_schema.COLUMNS c WHERE c.TABLE_SCHEMA = t.TABLE_SCHEMA \
             AND c.TABLE_NAME = t.TABLE_NAME AND c.COLUMN_NAME = 'start_value')"
        }
        false => "NULL",
    };
    let sql = format!(
        "SELECT TABLE_SCHEMA AS schema_name, TABLE_SCHEMA = DATABASE() AS own, TABLE_NAME AS name, \
         {data_type} AS data_type FROM information_schema.TABLES t WHERE TABLE_TYPE = 'SEQUENCE' AND {}",
        meant(asked, "TABLE_SCHEMA", "TABLE_NAME")
    );
    let there = connection.query(&sql).await?;
    for some in there.chunks(AT_ONCE) {
        let each = some.iter().enumerate().map(|(number, row)| {
            let name = TableName { schema: row.text("schema_name").map(str::to_owned), name: text(row, "name") };
            format!(
                "SELECT {number} AS number, start_value, minimum_value, maximum_value, increment, cache_size, \
                 cycle_option FROM {}",
                named(&name)
            )
        });
        for numbers in connection.query(&each.collect::<Vec<_>>().join(" UNION ALL ")).await? {
            let number = numbers.integer("number").and_then(|number| usize::try_from(number).ok());
            if let Some(row) = number.and_then(|number| some.get(number)) {
                found.extend(sequence(asked, row, &numbers));
            }
        }
    }
    Ok(())
}

fn sequence(asked: &Asked<'_>, row: &Row, numbers: &Row) -> Vec<(ObjectId, Object)> {
    let sequence = SequenceDef {
        start: numbers.integer("start_value"),
        increment: numbers.integer("increment"),
        minimum: numbers.integer("minimum_value"),
        maximum: numbers.integer("maximum_value"),
        cache: numbers.integer("cache_size"),
        cycle: numbers.boolean("cycle_option"),
        data_type: row.text("data_type").filter(|kind| *kind != "bigint").map(str::to_owned),
        ..SequenceDef::default()
    };
    let names = asked.names(ObjectKind::Sequence, &text(row, "name"), |id| is(id, row));
    let named = |name| Object::Sequence(SequenceDef { name, ..sequence.clone() });
    names.into_iter().map(named).map(|object| (object.id(), object)).collect()
}

/// What a server says of a routine that is gone, or that the role may not see.
const NO_SUCH_ROUTINE: &str = "1305";

/// The text is left out where nothing makes the routine again as it was: the role is not shown it, or it is read in
/// another `sql_mode` than the session's.
async fn routines(
    asked: &Asked<'_>,
    connection: &mut dyn Connection,
    found: &mut Objects,
) -> Result<(), DriverError> {
    let sql = format!(
        "SELECT ROUTINE_SCHEMA AS schema_name, ROUTINE_SCHEMA = DATABASE() AS own, ROUTINE_NAME AS name, \
         ROUTINE_TYPE AS kind, DEFINER = CURRENT_USER() AS mine, SQL_MODE = @@sql_mode AS same_mode \
         FROM information_schema.ROUTINES WHERE ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE') AND {}",
        meant(asked, "ROUTINE_SCHEMA", "ROUTINE_NAME")
    );
    for row in connection.query(&sql).await? {
        let (procedure, own) = (row.text("kind") == Some("PROCEDURE"), text(&row, "name"));
        let kind = if procedure { ObjectKind::Procedure } else { ObjectKind::Function };
        let names: BTreeSet<TableName> = asked.names(kind, &own, |id| is(id, &row)).into_iter().collect();
        if names.is_empty() {
            continue;
        }
        let whole = TableName { schema: row.text("schema_name").map(str::to_owned), name: own };
        let told =
            match connection.query(&format!("SHOW CREATE {} {}", text(&row, "kind"), named(&whole))).await {
                Err(error) if error.code.as_deref() == Some(NO_SUCH_ROUTINE) => Vec::new(),
                told => told?,
            };
        let column = if procedure { "Create Procedure" } else { "Create Function" };
        let sql = told.first().and_then(|told| told.text(column)).filter(|_| row.boolean("same_mode"));
        for name in names {
            let sql = routine::shown(sql, &name, row.boolean("mine"));
            let object = Object::Routine(RoutineDef { name, arguments: String::new(), procedure, sql });
            found.insert(object.id(), object);
        }
    }
    Ok(())
}

/// The condition on two columns of a view of the catalog.
fn meant(asked: &Asked<'_>, schema: &str, name: &str) -> String {
    let Some(ids) = asked.ids() else { return format!("{schema} = DATABASE()") };
    let mut by_schema: BTreeMap<Option<&str>, BTreeSet<String>> = BTreeMap::new();
    for id in ids {
        by_schema.entry(id.name.schema.as_deref()).or_default().insert(literal::text(&id.name.name));
    }
    let each = by_schema.into_iter().map(|(space, names)| {
        let space = space.map_or_else(|| "DATABASE()".to_owned(), literal::text);
        let names: Vec<String> = names.into_iter().collect();
        format!("{schema} = {space} AND {name} IN ({})", names.join(", "))
    });
    format!("({})", each.collect::<Vec<_>>().join(" OR "))
}

/// Whether a row is about an object.
fn is(id: &ObjectId, row: &Row) -> bool {
    let schema = match &id.name.schema {
        Some(schema) => row.text("schema_name") == Some(schema),
        None => row.boolean("own"),
    };
    // Routines are known without regard to case.
    let same = |name: &str| match id.kind {
        ObjectKind::Function | ObjectKind::Procedure => name.to_lowercase() == id.name.name.to_lowercase(),
        _ => name == id.name.name,
    };
    schema && row.text("name").is_some_and(same)
}

fn views(facts: &Facts, asked: &Asked<'_>) -> String {
    let algorithm = if facts.shows_view_algorithm { "ALGORITHM" } else { "NULL" };
    format!(
        "SELECT TABLE_SCHEMA AS schema_name, TABLE_SCHEMA = DATABASE() AS own, TABLE_NAME AS name, \
         VIEW_DEFINITION AS query, CHECK_OPTION AS check_option, {algorithm} AS algorithm, \
         SECURITY_TYPE AS security, DEFINER AS definer, DEFINER <> CURRENT_USER() AS of_another \
         FROM information_schema.VIEWS WHERE {}",
        meant(asked, "TABLE_SCHEMA", "TABLE_NAME")
    )
}

fn view(asked: &Asked<'_>, row: &Row) -> Vec<Object> {
    let mut options = Vec::new();
    let mut option = |name: &str, default: &str| {
        if let Some(value) = row.text(name).filter(|value| *value != default) {
            options.push((name.to_owned(), value.to_owned()));
        }
    };
    option("algorithm", "UNDEFINED");
    if row.boolean("of_another") {
        option("definer", "");
    }
    option("security", "DEFINER");
    let view = ViewDef {
        query: unqualified(&text(row, "query"), &text(row, "schema_name")),
        check_option: row.text("check_option").filter(|option| *option != "NONE").map(str::to_owned),
        options,
        ..ViewDef::default()
    };
    let names = asked.names(ObjectKind::View, &text(row, "name"), |id| is(id, row));
    names.into_iter().map(|name| Object::View(ViewDef { name, ..view.clone() })).collect()
}

/// A query without the name of its own database, which the server writes before every table: so it stays the same in a
/// copy of the database. Left as it is where the name may be an alias.
fn unqualified(query: &str, database: &str) -> String {
    let quoted = quote::identifier(database, QUOTE);
    let qualifier = format!("{quoted}.");
    let mut out = String::with_capacity(query.len());
    let mut rest = query;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '\'' | '"' | QUOTE => closing(rest, c),
            _ => c.len_utf8(),
        };
        if rest.starts_with(&qualifier) {
            rest = &rest[qualifier.len()..];
            continue;
        }
        let (piece, after) = rest.split_at(end);
        if piece == quoted {
            return query.to_owned();
        }
        out.push_str(piece);
        rest = after;
    }
    out
}

fn text(row: &Row, column: &str) -> String {
    row.text(column).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::unqualified;

    #[test]
    fn the_own_database_is_left_out_of_a_query() {
        for (query, expected) in [
            ("select `d`.`t`.`a` from `d`.`t`", "select `t`.`a` from `t`"),
            ("select 'it''s \\' `d`.`t`' from `d`.`t`", "select 'it''s \\' `d`.`t`' from `t`"),
            ("select `e`.`t`.`a` from `e`.`t`", "select `e`.`t`.`a` from `e`.`t`"),
            ("select `d`.`a` from `d`.`t` `d`", "select `d`.`a` from `d`.`t` `d`"),
        ] {
            assert_eq!(unqualified(query, "d"), expected);
        }
    }
}
