//! Catalogs as the engine's own tools read them: plain SQL, nothing of our own inspection.

use super::World;

impl World {
    /// The application's tables, sorted.
    pub(crate) async fn tables(&mut self) -> Vec<String> {
        let mut names = self.all_tables().await;
        names.retain(|name| !name.starts_with("arvel_"));
        names
    }

    /// All tables, sorted.
    pub(crate) async fn all_tables(&mut self) -> Vec<String> {
        let sql = self.pick(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
            "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace \
             ORDER BY relname COLLATE \"C\"",
            "SELECT table_name FROM information_schema.tables WHERE table_schema = database() ORDER BY table_name",
        );
        self.rows(sql).await
    }

    /// `name | type | null or not null | default`, in order.
    pub(crate) async fn columns(&mut self, table: &str) -> Vec<String> {
        let sql = self.pick(
            "SELECT name, type, iif(\"notnull\" OR pk, 'not null', 'null'), dflt_value FROM pragma_table_info('TABLE') \
             ORDER BY cid",
            "SELECT attname::text, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' ELSE 'null' \
             END, pg_get_expr(adbin, adrelid) FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = \
             attnum WHERE attrelid = quote_ident('TABLE')::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            "SELECT column_name, column_type, IF(is_nullable = 'YES', 'null', 'not null'), column_default FROM \
             information_schema.columns WHERE table_schema = database() AND table_name = 'TABLE' ORDER BY \
             ordinal_position",
        );
        self.rows(&sql.replace("TABLE", table)).await
    }

    /// The names of the columns, in order.
    pub(crate) async fn column_names(&mut self, table: &str) -> Vec<String> {
        let columns = self.columns(table).await;
        columns.iter().filter_map(|line| line.split(" | ").next()).map(str::to_owned).collect()
    }

    /// One column's line without its name.
    pub(crate) async fn column(&mut self, table: &str, name: &str) -> String {
        let columns = self.columns(table).await;
        let prefix = format!("{name} | ");
        let line = columns.iter().find_map(|line| line.strip_prefix(&prefix));
        line.unwrap_or_else(|| panic!("{table} has no {name}: {columns:?}")).to_owned()
    }

    /// `name | unique or plain | column,column`, sorted; the primary key is called `primary` everywhere.
    pub(crate) async fn indexes(&mut self, table: &str) -> Vec<String> {
        let sql = self.pick(
            "SELECT 'primary', 'unique', group_concat(name, ',') FROM (SELECT name FROM pragma_table_info('TABLE') \
             WHERE pk > 0 ORDER BY pk) HAVING count(*) > 0 UNION ALL \
             SELECT name, kind, group_concat(part, ',') FROM (SELECT i.name, iif(i.\"unique\", 'unique', 'plain') AS \
             kind, p.name AS part FROM pragma_index_list('TABLE') AS i, pragma_index_info(i.name) AS p WHERE i.origin \
             <> 'pk' ORDER BY i.name, p.seqno) GROUP BY name, kind ORDER BY 1",
            "SELECT CASE WHEN indisprimary THEN 'primary' ELSE relname::text END, CASE WHEN indisunique THEN 'unique' \
             ELSE 'plain' END, (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(indkey::int2[]) WITH \
             ORDINALITY AS k (n, place) JOIN pg_attribute ON attrelid = indrelid AND attnum = n) FROM pg_index JOIN \
             pg_class ON oid = indexrelid WHERE indrelid = quote_ident('TABLE')::regclass AND indisvalid ORDER BY 1",
            "SELECT lower(index_name), IF(non_unique = 0, 'unique', 'plain'), group_concat(column_name ORDER BY \
             seq_in_index) FROM information_schema.statistics WHERE table_schema = database() AND table_name = 'TABLE' \
             GROUP BY index_name, non_unique ORDER BY 1",
        );
        let mut lines = self.rows(&sql.replace("TABLE", table)).await;
        lines.sort();
        lines
    }

    /// `columns | parent | its columns | on delete | on update`, sorted.
    pub(crate) async fn foreign_keys(&mut self, table: &str) -> Vec<String> {
        let sql = self.pick(
            "SELECT group_concat(\"from\", ','), \"table\", group_concat(\"to\", ','), on_delete, on_update FROM \
             (SELECT * FROM pragma_foreign_key_list('TABLE') ORDER BY id, seq) GROUP BY id ORDER BY 1",
            "SELECT (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS k (n, place) \
             JOIN pg_attribute ON attrelid = conrelid AND attnum = n), confrelid::regclass::text, (SELECT \
             string_agg(attname, ',' ORDER BY place) FROM unnest(confkey) WITH ORDINALITY AS k (n, place) JOIN \
             pg_attribute ON attrelid = confrelid AND attnum = n), CASE confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'r' \
             THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'SET DEFAULT' END, CASE confupdtype \
             WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE \
             'SET DEFAULT' END FROM pg_constraint WHERE contype = 'f' AND conrelid = quote_ident('TABLE')::regclass ORDER BY 1",
            "SELECT group_concat(k.column_name ORDER BY k.ordinal_position), k.referenced_table_name, \
             group_concat(k.referenced_column_name ORDER BY k.ordinal_position), r.delete_rule, r.update_rule FROM \
             information_schema.key_column_usage AS k JOIN information_schema.referential_constraints AS r ON \
             r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = \
             k.table_name WHERE k.table_schema = database() AND k.table_name = 'TABLE' GROUP BY k.constraint_name, \
             k.referenced_table_name, r.delete_rule, r.update_rule ORDER BY 1",
        );
        self.rows(&sql.replace("TABLE", table)).await
    }

    /// `name | expression`, sorted; SQLite's catalog has none.
    pub(crate) async fn checks(&mut self, table: &str) -> Vec<String> {
        let sql = self.pick(
            "SELECT name, sql FROM sqlite_master WHERE 0",
            "SELECT conname::text, pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE contype = 'c' AND conrelid = \
             quote_ident('TABLE')::regclass ORDER BY 1",
            "SELECT constraint_name, check_clause FROM information_schema.check_constraints WHERE constraint_schema = \
             database() AND table_name = 'TABLE' ORDER BY 1",
        );
        self.rows(&sql.replace("TABLE", table)).await
    }

    /// Everything that the application's tables are, as lines.
    pub(crate) async fn dump(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        for table in self.tables().await {
            lines.push(table.clone());
            for (what, part) in [
                ("column", self.columns(&table).await),
                ("index", self.indexes(&table).await),
                ("key", self.foreign_keys(&table).await),
            ] {
                lines.extend(part.into_iter().map(|line| format!("  {what} {line}")));
            }
        }
        lines
    }
}
