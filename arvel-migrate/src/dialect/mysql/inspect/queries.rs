//! The queries of an inspection, one for each view of `information_schema`, however many tables there are. They are
//! not joined where it can be helped: a join of these views is made anew for each row on older servers.

use std::collections::{BTreeMap, BTreeSet};

use crate::operation::TableName;

use super::super::{facts::Facts, literal};

/// What is asked for.
pub(super) struct Queries<'a> {
    pub facts: &'a Facts,
    pub named: Option<&'a BTreeSet<TableName>>,
}

impl Queries<'_> {
    /// The condition on two columns of a view.
    fn wanted(&self, schema: &str, table: &str) -> String {
        let Some(tables) = self.named else { return format!("{schema} = DATABASE()") };
        let mut by_schema: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
        for table in tables {
            by_schema.entry(table.schema.as_deref()).or_default().push(literal::text(&table.name));
        }
        let each = by_schema.into_iter().map(|(name, names)| {
            let name = name.map_or_else(|| "DATABASE()".to_owned(), literal::text);
            format!("{schema} = {name} AND {table} IN ({})", names.join(", "))
        });
        format!("({})", each.collect::<Vec<_>>().join(" OR "))
    }

    fn select(&self, columns: &str, view: &str, and: &str) -> String {
        let wanted = self.wanted("TABLE_SCHEMA", "TABLE_NAME");
        format!(
            "SELECT TABLE_SCHEMA AS schema_name, TABLE_NAME AS table_name, {columns} \
             FROM information_schema.{view} WHERE {wanted} {and}"
        )
    }

    /// An engine is told only where it is not the session's own, a collation beside that of the table's database.
    pub fn tables(&self) -> String {
        self.select(
            "TABLE_SCHEMA = DATABASE() AS own, TABLE_COLLATION AS collation, TABLE_COMMENT AS comment, \
             NULLIF(ENGINE, @@default_storage_engine) AS engine, CREATE_OPTIONS AS options, \
             (SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA \
             WHERE SCHEMA_NAME = TABLE_SCHEMA) AS around",
            "TABLES",
            "AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')",
        )
    }

    pub fn columns(&self) -> String {
        let srid = if self.facts.srid_in_columns { "SRS_ID" } else { "NULL" };
        self.select(
            &format!(
                "COLUMN_NAME AS name, COLUMN_TYPE AS type_name, DATA_TYPE AS data_type, IS_NULLABLE AS nullable, \
                 COLUMN_DEFAULT AS default_text, EXTRA AS extra, COLLATION_NAME AS collation, \
                 COLUMN_COMMENT AS comment, GENERATION_EXPRESSION AS expression, {srid} AS srid"
            ),
            "COLUMNS",
            "ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION",
        )
    }

    pub fn indexes(&self) -> String {
        let expression = if self.facts.index_expressions { "EXPRESSION" } else { "NULL" };
        let hidden = match self.facts.index_hidden {
            Some("IGNORED") => "IGNORED = 'YES'",
            Some(_) => "IS_VISIBLE = 'NO'",
            None => "0",
        };
        self.select(
            &format!(
                "INDEX_NAME AS name, NON_UNIQUE AS plain, COLUMN_NAME AS column_name, SUB_PART AS prefix, \
                 INDEX_TYPE AS method, COLLATION AS direction, INDEX_COMMENT AS comment, {hidden} AS hidden, \
                 {expression} AS expression"
            ),
            "STATISTICS",
            "ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX",
        )
    }

    pub fn keys(&self) -> String {
        self.select(
            "CONSTRAINT_NAME AS name, COLUMN_NAME AS column_name, REFERENCED_TABLE_SCHEMA AS parent_schema, \
             REFERENCED_TABLE_SCHEMA = DATABASE() AS parent_own, REFERENCED_TABLE_NAME AS parent, \
             REFERENCED_COLUMN_NAME AS parent_column",
            "KEY_COLUMN_USAGE",
            "AND REFERENCED_TABLE_NAME IS NOT NULL \
             ORDER BY TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION",
        )
    }

    pub fn actions(&self) -> String {
        format!(
            "SELECT CONSTRAINT_SCHEMA AS schema_name, TABLE_NAME AS table_name, CONSTRAINT_NAME AS name, \
             UPDATE_RULE AS on_update, DELETE_RULE AS on_delete FROM information_schema.REFERENTIAL_CONSTRAINTS \
             WHERE {}",
            self.wanted("CONSTRAINT_SCHEMA", "TABLE_NAME")
        )
    }

    /// `None` on a server that keeps no checks.
    pub fn checks(&self) -> Option<String> {
        if !self.facts.checks {
            return None;
        }
        Some(match self.facts.checks_name_their_table {
            true => format!(
                "SELECT CONSTRAINT_SCHEMA AS schema_name, TABLE_NAME AS table_name, CONSTRAINT_NAME AS name, \
                 LEVEL AS level, CHECK_CLAUSE AS expression FROM information_schema.CHECK_CONSTRAINTS WHERE {}",
                self.wanted("CONSTRAINT_SCHEMA", "TABLE_NAME")
            ),
            false => format!(
                "SELECT t.TABLE_SCHEMA AS schema_name, t.TABLE_NAME AS table_name, t.CONSTRAINT_NAME AS name, \
                 'Table' AS level, c.CHECK_CLAUSE AS expression FROM information_schema.TABLE_CONSTRAINTS t \
                 JOIN information_schema.CHECK_CONSTRAINTS c ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA \
                 AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME WHERE t.CONSTRAINT_TYPE = 'CHECK' AND {}",
                self.wanted("t.TABLE_SCHEMA", "t.TABLE_NAME")
            ),
        })
    }

    pub fn triggers(&self) -> String {
        format!(
            "SELECT EVENT_OBJECT_SCHEMA AS schema_name, EVENT_OBJECT_TABLE AS table_name, TRIGGER_NAME AS name, \
             ACTION_TIMING AS timing, EVENT_MANIPULATION AS event, ACTION_STATEMENT AS body, \
             DEFINER AS definer, DEFINER = CURRENT_USER() AS mine, SQL_MODE = @@sql_mode AS same_mode \
             FROM information_schema.TRIGGERS WHERE {} ORDER BY ACTION_ORDER",
            self.wanted("EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE")
        )
    }

    pub fn partitions(&self) -> String {
        self.select(
            "PARTITION_NAME AS name, PARTITION_METHOD AS method, PARTITION_EXPRESSION AS expression, \
             PARTITION_DESCRIPTION AS description",
            "PARTITIONS",
            "AND PARTITION_NAME IS NOT NULL AND COALESCE(SUBPARTITION_ORDINAL_POSITION, 1) = 1 \
             ORDER BY TABLE_SCHEMA, TABLE_NAME, PARTITION_ORDINAL_POSITION",
        )
    }

    /// MariaDB keeps the reference systems of geometries apart from their columns.
    pub fn geometries(&self) -> String {
        format!(
            "SELECT G_TABLE_SCHEMA AS schema_name, G_TABLE_NAME AS table_name, G_GEOMETRY_COLUMN AS name, \
             SRID AS srid FROM information_schema.GEOMETRY_COLUMNS WHERE SRID <> 0 AND {}",
            self.wanted("G_TABLE_SCHEMA", "G_TABLE_NAME")
        )
    }
}
