//! Every statement that empties what is the application's: `current_schema()`, and what its migrations made elsewhere: views,
//! tables, routines, types, sequences, then the extensions and schemas of the migrations.
//!
//! Views one by one, those that read others first; the other kinds in one statement each, so that what depends on each
//! other goes together. Never with CASCADE: it would take along what is not ours. Nothing of an extension, and no sequence
//! that a kept table counts with. A schema that holds what no migration made is told, and stays.

use crate::{
    dialect::{Clearing, Connection, DriverError, Row, Statement, quote},
    operation::Made,
};

use super::{QUOTE, ours::Ours};

pub(super) async fn wipe(
    connection: &mut dyn Connection,
    keep: &[String],
    made: &Made,
) -> Result<Clearing, DriverError> {
    let ours = Ours::new(made, keep);
    let kept = ours.kept("c");
    let mut statements = Vec::new();

    let relations = format!(
        "WITH RECURSIVE reads(reader, source) AS (\
           SELECT r.ev_class, d.refobjid FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass \
           AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class), \
         depth(view, steps) AS (SELECT reader, 1 FROM reads UNION \
           SELECT r.reader, d.steps + 1 FROM depth d JOIN reads r ON r.source = d.view) \
         SELECT c.relkind::text AS kind, n.nspname::text AS schema_name, c.relname::text AS name \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE {} AND c.relkind IN ('v', 'm', 'r', 'p', 'f') AND NOT {} \
         AND NOT {kept} AND {} \
         ORDER BY (SELECT max(d.steps) FROM depth d WHERE d.view = c.oid) DESC NULLS LAST, n.nspname, c.relname",
        ours.relation("c"),
        goes_with_its_table(&ours),
        not_of_extension("pg_class", "c.oid"),
    );
    let relations = connection.query(&relations).await?;
    let named = |kinds: &[&str]| -> Vec<String> {
        let rows = relations.iter().filter(|row| row.text("kind").is_some_and(|kind| kinds.contains(&kind)));
        rows.filter_map(|row| Some(qualified(row.text("schema_name")?, row.text("name")?))).collect()
    };

    let routines = format!(
        "SELECT DISTINCT p.oid::regprocedure::text AS name FROM pg_proc p \
         JOIN pg_namespace n ON n.oid = p.pronamespace \
         JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'n' \
         LEFT JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid \
         LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typelem <> 0 \
         LEFT JOIN pg_class c ON c.oid = CASE WHEN d.refclassid = 'pg_class'::regclass THEN d.refobjid \
           ELSE coalesce(nullif(e.typrelid, 0), nullif(t.typrelid, 0)) END \
         WHERE {} AND {} AND NOT {kept} \
         AND CASE WHEN c.oid IS NULL THEN {} ELSE {} END ORDER BY 1",
        ours.routine("p"),
        not_of_extension("pg_proc", "p.oid"),
        ours.kind("t"),
        ours.relation("c"),
    );
    let routines = connection.query(&routines).await?;
    let routines: Vec<String> =
        routines.iter().filter_map(|row| row.text("name").map(str::to_owned)).collect();

    // The others: a table, or a check of a domain, may call them. What stands elsewhere, and an operator or a cast, keeps
    // the routine that it calls.
    let others = format!(
        "SELECT p.oid::regprocedure::text AS name, EXISTS (SELECT FROM pg_depend d LEFT JOIN pg_constraint k \
           ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid WHERE d.refclassid = 'pg_proc'::regclass \
           AND d.refobjid = p.oid AND (d.classid = 'pg_type'::regclass OR k.contypid <> 0))::text AS late \
         FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace \
         WHERE {} AND {} AND NOT EXISTS (SELECT FROM pg_depend d \
           LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid \
           LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid \
           LEFT JOIN pg_trigger g ON d.classid = 'pg_trigger'::regclass AND g.oid = d.objid \
           LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid \
           LEFT JOIN pg_policy y ON d.classid = 'pg_policy'::regclass AND y.oid = d.objid \
           LEFT JOIN pg_class c ON c.oid = CASE WHEN d.classid = 'pg_class'::regclass THEN d.objid \
             ELSE coalesce(w.ev_class, f.adrelid, g.tgrelid, nullif(k.conrelid, 0), y.polrelid) END \
           WHERE d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid AND d.deptype = 'n' \
           AND ((c.oid IS NOT NULL AND (NOT {} OR {kept})) OR d.classid NOT IN ('pg_class'::regclass, \
             'pg_rewrite'::regclass, 'pg_attrdef'::regclass, 'pg_trigger'::regclass, 'pg_constraint'::regclass, \
             'pg_policy'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass))) ORDER BY 1",
        ours.routine("p"),
        not_of_extension("pg_proc", "p.oid"),
        ours.relation("c"),
    );
    let others = connection.query(&others).await?;
    let rest = |late: &str| -> Vec<String> {
        let rows = others.iter().filter(|row| row.text("late") == Some(late));
        let names = rows.filter_map(|row| row.text("name").map(str::to_owned));
        names.filter(|name| !routines.contains(name)).collect()
    };
    let (early, late) = (rest("false"), rest("true"));

    let types = format!(
        "SELECT n.nspname::text AS schema_name, t.typname::text AS name FROM pg_type t \
         JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid \
         WHERE {} AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c') AND {} \
         AND NOT EXISTS (SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
           WHERE a.atttypid = t.oid AND {kept}) ORDER BY n.nspname, t.typname",
        ours.kind("t"),
        not_of_extension("pg_type", "t.oid"),
    );
    let types = connection.query(&types).await?;

    let sequences = format!(
        "SELECT n.nspname::text AS schema_name, s.relname::text AS name FROM pg_class s \
         JOIN pg_namespace n ON n.oid = s.relnamespace \
         WHERE {} AND s.relkind = 'S' AND {} \
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = s.oid \
           AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')) \
         AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid JOIN pg_class c ON c.oid = f.adrelid \
           WHERE d.classid = 'pg_attrdef'::regclass AND d.refobjid = s.oid AND {kept}) ORDER BY n.nspname, s.relname",
        ours.relation("s"),
        not_of_extension("pg_class", "s.oid"),
    );
    let sequences = connection.query(&sequences).await?;
    let names = |rows: &[Row]| -> Vec<String> {
        rows.iter().filter_map(|row| Some(qualified(row.text("schema_name")?, row.text("name")?))).collect()
    };

    for row in &relations {
        let what = match row.text("kind") {
            Some("v") => "VIEW",
            Some("m") => "MATERIALIZED VIEW",
            _ => continue,
        };
        if let (Some(schema), Some(name)) = (row.text("schema_name"), row.text("name")) {
            statements.push(Statement::new(format!("DROP {what} {}", qualified(schema, name))));
        }
    }
    let mut drop = |what: &str, names: Vec<String>| {
        if !names.is_empty() {
            statements.push(Statement::new(format!("DROP {what} {}", names.join(", "))));
        }
    };
    // Bodies in the standard's own form depend on tables, and views on routines: routines stand between them.
    drop("ROUTINE", routines);
    drop("FOREIGN TABLE", named(&["f"]));
    drop("TABLE", named(&["r", "p"]));
    drop("ROUTINE", early);
    drop("TYPE", names(&types));
    drop("ROUTINE", late);
    drop("SEQUENCE", names(&sequences));
    drop("EXTENSION", extensions(connection, &ours).await?);
    let spaces = spaces(connection, &ours).await?;
    drop("SCHEMA", spaces.iter().map(|space| quote::identifier(space, QUOTE)).collect());
    let foreign = foreign(connection, &ours, &spaces).await?;
    Ok(Clearing { statements, foreign })
}

/// The extensions that migrations installed and that are there.
async fn extensions(connection: &mut dyn Connection, ours: &Ours<'_>) -> Result<Vec<String>, DriverError> {
    let Some(names) = ours.extensions() else { return Ok(Vec::new()) };
    let query =
        format!("SELECT extname::text AS name FROM pg_extension WHERE extname IN ({names}) ORDER BY 1");
    let rows = connection.query(&query).await?;
    Ok(rows.iter().filter_map(|row| Some(quote::identifier(row.text("name")?, QUOTE))).collect())
}

/// The schemas that migrations made and that are there, but the one in which the bookkeeping stands.
async fn spaces(connection: &mut dyn Connection, ours: &Ours<'_>) -> Result<Vec<String>, DriverError> {
    let Some(names) = ours.spaces() else { return Ok(Vec::new()) };
    let query = format!(
        "SELECT nspname::text AS name FROM pg_namespace WHERE nspname IN ({names}) \
         AND nspname IS DISTINCT FROM current_schema() ORDER BY 1"
    );
    let rows = connection.query(&query).await?;
    Ok(rows.iter().filter_map(|row| row.text("name").map(str::to_owned)).collect())
}

/// What these schemas hold that is not ours: it would be lost, and nobody asked for that.
async fn foreign(
    connection: &mut dyn Connection,
    ours: &Ours<'_>,
    spaces: &[String],
) -> Result<Vec<String>, DriverError> {
    if spaces.is_empty() {
        return Ok(Vec::new());
    }
    let spaces: Vec<String> = spaces.iter().map(|space| quote::text(space)).collect();
    let installed = ours.extensions().unwrap_or_else(|| "NULL".to_owned());
    let query = format!(
        "WITH here AS (SELECT oid, nspname FROM pg_namespace WHERE nspname IN ({})), \
         found(what, space, name) AS (\
           SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' \
             ELSE 'table' END, n.nspname, c.relname::text \
           FROM pg_class c JOIN here n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') \
           AND NOT {} AND {} AND NOT {} \
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid \
             AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')) \
           UNION ALL SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, n.nspname, p.proname::text \
           FROM pg_proc p JOIN here n ON n.oid = p.pronamespace WHERE NOT {} AND {} \
           UNION ALL SELECT 'type', n.nspname, t.typname::text FROM pg_type t JOIN here n ON n.oid = t.typnamespace \
           LEFT JOIN pg_class c ON c.oid = t.typrelid WHERE (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c') \
           AND NOT {} AND {} \
           UNION ALL SELECT 'extension', n.nspname, e.extname::text FROM pg_extension e \
           JOIN here n ON n.oid = e.extnamespace WHERE coalesce(e.extname NOT IN ({installed}), true)) \
         SELECT DISTINCT what, space::text AS space, name FROM found ORDER BY 2, 1, 3",
        spaces.join(", "),
        ours.relation("c"),
        not_of_extension("pg_class", "c.oid"),
        goes_with_its_table(ours),
        ours.routine("p"),
        not_of_extension("pg_proc", "p.oid"),
        ours.kind("t"),
        not_of_extension("pg_type", "t.oid"),
    );
    let rows = connection.query(&query).await?;
    let said =
        |row: &Row| Some(format!("{} {}.{}", row.text("what")?, row.text("space")?, row.text("name")?));
    Ok(rows.iter().filter_map(said).collect())
}

/// Whether the row of `pg_class` called `c` is a partition of a table that goes.
fn goes_with_its_table(ours: &Ours<'_>) -> String {
    format!(
        "(c.relispartition AND EXISTS (SELECT FROM pg_class r WHERE r.oid = pg_partition_root(c.oid) AND {}))",
        ours.relation("r")
    )
}

fn not_of_extension(class: &str, oid: &str) -> String {
    format!(
        "NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '{class}'::regclass AND d.objid = {oid} \
         AND d.deptype = 'e')"
    )
}

fn qualified(schema: &str, name: &str) -> String {
    format!("{}.{}", quote::identifier(schema, QUOTE), quote::identifier(name, QUOTE))
}
