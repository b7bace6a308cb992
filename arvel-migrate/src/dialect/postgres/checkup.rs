//! What `db doctor` asks of PostgreSQL.

use crate::{
    checkup::{self, Circumstances, Finding, Question},
    dialect::{Row, quote},
};

pub(super) fn questions(about: &Circumstances<'_>) -> Vec<Question> {
    let remote = about.remote;
    let own = about.names.schema.as_deref().map_or_else(|| "current_schema()".to_owned(), quote::text);
    let tables: Vec<String> = about.names.all().iter().map(|name| quote::text(name)).collect();
    vec![
        Question::new("version", "SELECT current_setting('server_version')", |rows| {
            let said = rows.first().and_then(|row| row.at(0)).unwrap_or_default();
            checkup::version("PostgreSQL", said, (12, 0), (15, 0))
        }),
        Question::new(
            "rights",
            format!(
                "SELECT n.nspname::text, has_schema_privilege(n.oid, 'USAGE, CREATE')::text, \
                 has_schema_privilege(n.oid, 'CREATE')::text, current_user::text FROM pg_namespace n \
                 WHERE n.nspname IN (current_schema(), {own})"
            ),
            rights,
        ),
        Question::new(
            "history",
            format!(
                "SELECT c.relname::text, current_user::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
                 WHERE n.nspname = {own} AND c.relname IN ({}) AND NOT (has_table_privilege(c.oid, 'SELECT') AND \
                 has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE') AND \
                 has_table_privilege(c.oid, 'DELETE')) ORDER BY 1",
                tables.join(", ")
            ),
            history,
        ),
        Question::new(
            "indexes",
            "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
             JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND n.nspname NOT IN ('pg_toast', \
             'pg_catalog') AND NOT EXISTS (SELECT 1 FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid) \
             ORDER BY 1",
            indexes,
        ),
        Question::new("tls", "SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()", move |rows| {
            checkup::tls(rows.iter().any(|row| is_true(row, 0)), remote, "sslmode=require")
        }),
    ]
}

fn is_true(row: &Row, at: usize) -> bool {
    matches!(row.at(at), Some("t" | "true"))
}

fn rights(rows: &[Row]) -> Finding {
    let Some(first) = rows.first() else {
        return Finding::fail(
            "rights",
            "the schema that migrations work in does not exist, or no schema of the search path does",
            "create it, or set `migrations.schema` or the role's `search_path`",
        );
    };
    let user = first.at(3).unwrap_or_default();
    let refused: Vec<&str> = rows.iter().filter(|row| !is_true(row, 2)).filter_map(|row| row.at(0)).collect();
    if refused.is_empty() {
        let schemas: Vec<&str> = rows.iter().filter_map(|row| row.at(0)).collect();
        return Finding::ok("rights", format!("`{user}` may create tables in `{}`", schemas.join("`, `")));
    }
    let grants: Vec<String> = refused
        .iter()
        .map(|schema| {
            let (schema, user) = (quote::identifier(schema, '"'), quote::identifier(user, '"'));
            format!("`GRANT USAGE, CREATE ON SCHEMA {schema} TO {user}`")
        })
        .collect();
    let text = format!("`{user}` may not create tables in `{}`", refused.join("`, `"));
    Finding::fail("rights", text, format!("{}, or set `migrate_url` to a role that may", grants.join(", ")))
}

fn history(rows: &[Row]) -> Finding {
    let refused: Vec<&str> = rows.iter().filter_map(|row| row.at(0)).collect();
    if refused.is_empty() {
        return Finding::ok("history", "the history can be written");
    }
    let user = rows.first().and_then(|row| row.at(1)).unwrap_or_default();
    let names: Vec<String> = refused.iter().map(|name| quote::identifier(name, '"')).collect();
    Finding::fail(
        "history",
        format!("`{user}` may not write `{}`", refused.join("`, `")),
        format!(
            "`GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}`",
            names.join(", "),
            quote::identifier(user, '"')
        ),
    )
}

fn indexes(rows: &[Row]) -> Finding {
    let names: Vec<&str> = rows.iter().filter_map(|row| row.at(0)).collect();
    match names.as_slice() {
        [] => Finding::ok("indexes", "every index is valid"),
        [first, ..] => Finding::warn(
            "indexes",
            format!(
                "INVALID, left by a build that was cut off; they cost writes and serve no query: {}",
                names.join(", ")
            ),
            format!("`REINDEX INDEX CONCURRENTLY {first}`, or drop it and run its migration again"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::checkup::Level;

    fn row(cells: &[&str]) -> Row {
        let columns: Vec<String> = cells.iter().map(|_| String::new()).collect();
        Row::new(Arc::from(columns), cells.iter().map(|cell| Some((*cell).to_owned())).collect())
    }

    #[test]
    fn a_role_without_rights_gets_the_grant_to_paste() {
        let finding = rights(&[row(&["public", "false", "false", "app"])]);
        assert_eq!(finding.level, Level::Fail);
        assert!(finding.hint.unwrap().starts_with("`GRANT USAGE, CREATE ON SCHEMA \"public\" TO \"app\"`"));
        assert_eq!(rights(&[row(&["public", "true", "true", "app"])]).level, Level::Ok);
        assert_eq!(rights(&[]).level, Level::Fail);
        let finding = history(&[row(&["arvel_migrations", "app"])]);
        assert!(finding.hint.unwrap().contains("ON \"arvel_migrations\" TO \"app\""));
    }

    #[test]
    fn an_invalid_index_is_named() {
        let finding = indexes(&[row(&["public.posts_slug_index"])]);
        assert_eq!(finding.level, Level::Warn);
        assert!(finding.hint.unwrap().contains("REINDEX INDEX CONCURRENTLY public.posts_slug_index"));
    }
}
