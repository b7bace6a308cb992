//! Every script of the corpus on a real database: run piece by piece it must have the effect that it has when the
//! vendor's own client runs it, and when the server splits it itself.
//!
//! Without a server, or without its client, that comparison is left out and named. `ARVEL_TEST_REQUIRE=clients` makes the
//! clients required.

use std::process::Command;

use super::{corpus, split};
use crate::{
    db::Db,
    testing::{Engine, TestDatabase, run_script},
};

/// A place where a script runs: always empty at first, and the same to look at whoever ran it.
struct Stage {
    engine: Engine,
    database: TestDatabase,
    db: Db,
    /// The schema, where a new one is cheaper than a new database.
    schema: Option<String>,
}

impl Stage {
    async fn new(engine: Engine) -> Option<Self> {
        let database = TestDatabase::create(engine).await.unwrap()?;
        let db = database.connect().await.unwrap();
        Some(Self { engine, database, db, schema: None })
    }

    /// Empties it.
    async fn clear(&mut self) {
        let name = self.database.url().database();
        match self.engine {
            Engine::POSTGRES => {
                let count: usize = self.schema.as_ref().map_or(0, |schema| schema[5..].parse().unwrap());
                let schema = format!("stage{}", count + 1);
                self.run(&format!("RESET ALL; CREATE SCHEMA {schema}; SET search_path = {schema}"))
                    .await
                    .unwrap();
                self.schema = Some(schema);
            }
            Engine::MYSQL => {
                let sql = format!("DROP DATABASE `{name}`; CREATE DATABASE `{name}`");
                self.run(&sql).await.unwrap();
                self.db = self.database.connect().await.unwrap();
            }
            _ => {
                std::fs::remove_file(self.database.url().file().unwrap()).unwrap();
                self.db = self.database.connect().await.unwrap();
            }
        }
    }

    async fn run(&mut self, sql: &str) -> Result<(), String> {
        self.db.connection().execute(sql).await.map(drop).map_err(|error| format!("{error}\n{sql}"))
    }

    /// Runs a script as this crate splits it.
    async fn run_pieces(&mut self, text: &str) -> Result<(), String> {
        let rules = *self.db.dialect().sql_rules();
        for piece in split(text, &rules).map_err(|error| error.to_string())? {
            self.run(&piece.text).await?;
        }
        Ok(())
    }

    /// The vendor's client, if it is there.
    fn client(&self) -> Option<Command> {
        let mut client = self.database.client()?;
        if let Some(schema) = &self.schema {
            client.env("PGOPTIONS", format!("-csearch_path={schema}"));
        }
        Some(client)
    }

    /// Runs a script with the client.
    fn run_client(&self, text: &str) -> Result<(), String> {
        self.client().map_or(Ok(()), |client| run_script(client, text))
    }

    /// What can be seen of it: every object with its text, every row.
    async fn seen(&mut self) -> Vec<String> {
        let (objects, tables) = match self.engine {
            Engine::POSTGRES => (POSTGRES_OBJECTS, POSTGRES_TABLES),
            Engine::MYSQL => (MYSQL_OBJECTS, MYSQL_TABLES),
            _ => (SQLITE_OBJECTS, SQLITE_TABLES),
        };
        let mut seen = self.cells(objects).await;
        for query in self.cells(tables).await {
            let rows = self.cells(&query).await;
            seen.extend(rows.into_iter().map(|row| format!("{query}: {row}")));
        }
        let name = self.schema.as_deref().unwrap_or(self.database.url().database());
        seen.iter().map(|text| text.replace(name, "NAME")).collect()
    }

    async fn cells(&mut self, sql: &str) -> Vec<String> {
        let rows = self.db.connection().query(sql).await.unwrap_or_else(|error| panic!("{error}\n{sql}"));
        rows.iter().map(|row| row.at(0).unwrap_or("NULL").to_owned()).collect()
    }
}

async fn compare(engine: Engine) {
    let Some(mut ours) = Stage::new(engine).await else { return };
    let Some(mut theirs) = Stage::new(engine).await else { return };
    let has_client = theirs.client().is_some();
    ours.clear().await;
    let nothing = ours.seen().await;
    let mut wrong = Vec::new();
    for script in corpus::scripts(engine.family) {
        let name = script.name;
        ours.clear().await;
        if let Err(error) = ours.run_pieces(&script.text).await {
            wrong.push(format!("{name}: {error}"));
            continue;
        }
        let effect = ours.seen().await;
        if effect == nothing {
            wrong.push(format!("{name}: a script without an effect shows nothing"));
        }
        for (who, asked) in [("server", script.server), ("client", script.client && has_client)] {
            if !asked {
                continue;
            }
            theirs.clear().await;
            let ran = match who {
                "client" => theirs.run_client(&script.text),
                _ => theirs.run(&script.text).await,
            };
            if let Err(error) = ran {
                wrong.push(format!("{name}: refused by the {who}: {error}"));
                continue;
            }
            let expected = theirs.seen().await;
            if effect != expected {
                wrong.push(format!("{name}: ours {effect:#?}\nthe {who}'s {expected:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

const POSTGRES_OBJECTS: &str = "
SELECT x FROM (
  SELECT concat_ws(' ', 'class', c.relname, c.relkind, c.relrowsecurity, c.relacl, pg_get_viewdef(c.oid),
    (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid)), ', ' ORDER BY a.attnum)
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = c.oid AND a.attnum > 0),
    pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
    CASE WHEN c.relkind = 'i' THEN pg_get_indexdef(c.oid) END) AS x
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()
  UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind <> 'a'
  UNION ALL SELECT concat_ws(' ', 'aggregate', a.aggfnoid, a.aggtransfn, a.agginitval) FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid WHERE p.pronamespace = current_schema()::regnamespace
  UNION ALL SELECT concat_ws(' ', 'operator', oprname, oprcode) FROM pg_operator WHERE oprnamespace = current_schema()::regnamespace
  UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace
  UNION ALL SELECT pg_get_ruledef(r.oid) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace = current_schema()::regnamespace
  UNION ALL SELECT concat_ws(' ', 'policy', polname, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = current_schema()::regnamespace
  UNION ALL SELECT concat_ws(' ', 'constraint', conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
  UNION ALL SELECT concat_ws(' ', 'label', t.typname, e.enumsortorder, e.enumlabel) FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typnamespace = current_schema()::regnamespace
  UNION ALL SELECT concat_ws(' ', 'comment', d.objoid::regclass, d.objsubid, d.description) FROM pg_description d JOIN pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_class'::regclass WHERE c.relnamespace = current_schema()::regnamespace
) AS all_of_it ORDER BY x COLLATE \"C\"";
const POSTGRES_TABLES: &str = "
SELECT format('SELECT t::text FROM %s AS t ORDER BY 1', c.oid::regclass) FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'v') ORDER BY c.relname COLLATE \"C\"";

const MYSQL_OBJECTS: &str = "
SELECT x FROM (
  SELECT concat_ws(' ', 'table', table_name, table_type, table_comment, create_options) AS x FROM information_schema.tables WHERE table_schema = database()
  UNION ALL SELECT concat_ws(' ', 'column', table_name, column_name, column_type, column_default, column_comment, generation_expression) FROM information_schema.columns WHERE table_schema = database()
  UNION ALL SELECT concat_ws(' ', 'check', constraint_name, check_clause) FROM information_schema.check_constraints WHERE constraint_schema = database()
  UNION ALL SELECT concat_ws(' ', 'view', table_name, view_definition, security_type) FROM information_schema.views WHERE table_schema = database()
  UNION ALL SELECT concat_ws(' ', 'partition', partition_name, partition_description, partition_comment) FROM information_schema.partitions WHERE table_schema = database() AND partition_name IS NOT NULL
  UNION ALL SELECT concat_ws(' ', 'routine', routine_type, routine_name, dtd_identifier, routine_definition, routine_comment, security_type) FROM information_schema.routines WHERE routine_schema = database()
  UNION ALL SELECT concat_ws(' ', 'trigger', trigger_name, event_object_table, action_timing, event_manipulation, action_order, action_statement) FROM information_schema.triggers WHERE trigger_schema = database()
  UNION ALL SELECT concat_ws(' ', 'event', event_name, interval_value, event_definition, event_comment) FROM information_schema.events WHERE event_schema = database()
) AS all_of_it ORDER BY BINARY x";
const MYSQL_TABLES: &str = "
SELECT concat('SELECT concat_ws(\\'|\\', ', group_concat('ifnull(hex(`', replace(column_name, '`', '``'), '`), \\'-\\')' ORDER BY ordinal_position SEPARATOR ', '),
  ') FROM `', replace(c.table_name, '`', '``'), '` ORDER BY 1')
FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = database() AND t.table_type = 'BASE TABLE' GROUP BY c.table_name ORDER BY c.table_name";

const SQLITE_OBJECTS: &str = "
SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '-') FROM sqlite_master
UNION ALL SELECT 'version ' || user_version FROM pragma_user_version ORDER BY 1";
const SQLITE_TABLES: &str = "
SELECT 'SELECT ' || group_concat('quote(\"' || replace(c.name, '\"', '\"\"') || '\")', ' || ''|'' || ') || ' FROM \"' || replace(t.name, '\"', '\"\"') || '\"'
FROM (SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name) AS t, pragma_table_xinfo(t.name) AS c WHERE c.hidden <> 1
GROUP BY t.name";

#[tokio::test]
async fn sqlite_scripts_have_the_effect_that_the_shell_gives_them() {
    compare(Engine::SQLITE).await;
}

#[tokio::test]
async fn postgres_scripts_have_the_effect_that_psql_gives_them() {
    compare(Engine::POSTGRES).await;
}

#[tokio::test]
async fn mysql_scripts_have_the_effect_that_the_client_gives_them() {
    compare(Engine::MYSQL).await;
}
