//! Random operations on real servers: what is folded equals what is inspected after each one, and an operation that
//! the server refuses leaves the schema as it was.

use super::server_tests::{MARIADB, POSTGRES, Server};
use crate::operation::{
    AlterMode, ColumnDef, ColumnType, DefaultValue, ForeignKeyAction, ForeignKeyDef, IndexDef, IndexKind,
    Operation, PrimaryKeyDef, TableChange, TableDef, TableName,
};
use crate::testing::Engine;

/// A small generator with a seed, so that a failure can be seen again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }

    fn table(&mut self) -> TableName {
        self.pick(&["t0", "t1", "t2", "Odd \"`name'"]).into()
    }

    fn column_name(&mut self) -> String {
        self.pick(&["a", "b", "c", "D d", "sélect"]).to_owned()
    }

    fn kind(&mut self) -> (ColumnType, Vec<DefaultValue>) {
        use ColumnType as T;
        let text = |text: &str| DefaultValue::Text(text.to_owned());
        let numbers = vec![DefaultValue::Integer(0), DefaultValue::Integer(-7), text("12")];
        let moments = vec![DefaultValue::CurrentTimestamp];
        self.pick(&[
            (T::SmallInteger, numbers.clone()),
            (T::Integer, numbers.clone()),
            (T::BigInteger, numbers.clone()),
            (
                T::Decimal { precision: 9, scale: 3 },
                vec![DefaultValue::Float(1.25), DefaultValue::Integer(2)],
            ),
            (T::Double, vec![DefaultValue::Float(-2.5), DefaultValue::Integer(4)]),
            (T::Boolean, vec![DefaultValue::Bool(true), DefaultValue::Bool(false)]),
            (T::String { length: 40 }, vec![text("it's"), text("\\"), text("")]),
            (T::Char { length: 4 }, vec![text("ab")]),
            (T::Text, vec![text("x")]),
            (T::Binary, Vec::new()),
            (T::Date, moments.clone()),
            (T::Time { precision: 2 }, vec![text("10:20:30")]),
            (T::DateTime { precision: 0 }, moments.clone()),
            (T::Timestamp { precision: 3 }, moments),
            (T::Uuid, Vec::new()),
            (T::Json, vec![text("{}")]),
            (T::Enumeration { values: vec!["x".into(), "it's".into()], type_name: None }, vec![text("x")]),
            (T::Enumeration { values: vec!["only".into()], type_name: None }, Vec::new()),
        ])
    }

    fn column(&mut self, name: String) -> ColumnDef {
        let (kind, defaults) = self.kind();
        let mut def = ColumnDef::new(&name, kind);
        if self.roll(2) == 0 {
            def.nullable();
        }
        if !defaults.is_empty() && self.roll(2) == 0 {
            def.default = Some(self.pick(&defaults));
        }
        if self.roll(4) == 0 {
            def.comment("it's \\ said");
        }
        def
    }

    fn index(&mut self, table: &TableName) -> IndexDef {
        let mut columns = vec![self.column_name()];
        let second = self.column_name();
        if self.roll(2) == 0 && !columns.contains(&second) {
            columns.push(second);
        }
        let kind = self.pick(&[IndexKind::Index, IndexKind::Unique]);
        IndexDef::over(format!("{}_i{}", table.name, self.roll(3)), &columns, kind)
    }

    fn foreign_key(&mut self, table: &TableName) -> ForeignKeyDef {
        use ForeignKeyAction as A;
        ForeignKeyDef {
            name: format!("{}_f{}", table.name, self.roll(2)),
            columns: vec!["parent".into()],
            references: self.table(),
            referenced_columns: vec!["id".into()],
            on_delete: self.pick(&[None, Some(A::Cascade), Some(A::NoAction), Some(A::Restrict)]),
            on_update: self.pick(&[None, Some(A::Cascade)]),
            ..ForeignKeyDef::default()
        }
    }

    fn create(&mut self) -> Operation {
        let name = self.table();
        let mut id = ColumnDef::new("id", ColumnType::BigInteger);
        id.unsigned().auto_increment();
        let mut parent = ColumnDef::new("parent", ColumnType::BigInteger);
        parent.unsigned().nullable();
        let mut columns = vec![id, parent];
        for column in ["a", "b", "D d"] {
            columns.push(self.column(column.to_owned()));
        }
        let table = TableDef {
            indexes: vec![IndexDef { columns: vec!["parent".into()], ..self.index(&name) }],
            foreign_keys: if self.roll(2) == 0 { vec![self.foreign_key(&name)] } else { Vec::new() },
            name,
            columns,
            primary_key: None,
            checks: Vec::new(),
            comment: self.pick(&[None, Some("about".to_owned())]),
            if_not_exists: self.roll(4) == 0,
            ..TableDef::default()
        };
        Operation::CreateTable(table)
    }

    fn change(&mut self, table: &TableName) -> TableChange {
        let name = self.column_name();
        let index = self.index(table);
        match self.roll(14) {
            0 | 1 => TableChange::AddColumn(self.column(name)),
            2..=4 => {
                let mut def = self.column(name);
                def.nullable = self.pick(&[None, Some(true)]);
                TableChange::ChangeColumn(def)
            }
            5 => TableChange::DropColumn { name },
            6 => TableChange::RenameColumn { from: name, to: self.column_name() },
            7 | 8 => TableChange::AddIndex(index),
            9 => TableChange::DropIndex { name: index.name, kind: index.kind, mode: AlterMode::default() },
            10 => {
                TableChange::RenameIndex { from: index.name, to: format!("{}_i{}", table.name, self.roll(3)) }
            }
            11 => TableChange::AddForeignKey(self.foreign_key(table)),
            12 => {
                let key = self.foreign_key(table);
                TableChange::DropForeignKey { name: key.name, columns: key.columns }
            }
            _ => TableChange::Comment(self.pick(&[None, Some("it's".to_owned()), Some(String::new())])),
        }
    }

    fn operation(&mut self) -> Operation {
        match self.roll(12) {
            0 | 1 => self.create(),
            2 => Operation::RenameTable { from: self.table(), to: self.table() },
            3 => Operation::DropTable { table: self.table(), if_exists: self.roll(2) == 0 },
            4 => {
                let table = self.table();
                let key = PrimaryKeyDef { name: "key".into(), columns: vec!["id".into(), "a".into()] };
                Operation::AlterTable {
                    table,
                    changes: vec![
                        TableChange::DropPrimaryKey { name: "key".into() },
                        TableChange::AddPrimaryKey(key),
                    ],
                }
            }
            _ => {
                let table = self.table();
                let count = 1 + self.roll(3);
                let changes = (0..count).map(|_| self.change(&table)).collect();
                Operation::AlterTable { table, changes }
            }
        }
    }
}

/// How many operations worked.
async fn run(engine: Engine, seed: u64) -> Option<usize> {
    let mut dice = Dice(seed);
    let mut server = Server::new(engine).await?;
    let mut worked = 0;
    let mut schema = server.inspect().await;
    for round in 0..120 {
        let operation = if schema.tables.len() < 2 { dice.create() } else { dice.operation() };
        let Ok(statements) = server.dialect.compile(&operation, &schema) else { continue };
        let transactional = server.dialect.capability().transactional_ddl;
        if transactional {
            server.run("BEGIN").await;
        }
        let mut refused = None;
        for statement in &statements {
            if let Err(error) = server.connection.execute(&statement.sql).await {
                refused = Some((statement.sql.clone(), error));
                break;
            }
        }
        if transactional {
            server.run(if refused.is_some() { "ROLLBACK" } else { "COMMIT" }).await;
        }
        let found = server.inspect().await;
        if let Some((sql, error)) = refused {
            let syntax = ["42601", "1064"];
            assert!(!syntax.contains(&error.code.as_deref().unwrap_or_default()), "{sql}\n{error}");
            if statements.len() == 1 || transactional {
                assert_eq!(found, schema, "{sql}");
            }
            schema = found;
            continue;
        }
        worked += 1;
        let before = schema.clone();
        assert!(server.dialect.fold(&operation, &mut schema));
        for (name, table) in &found.tables {
            let folded = schema.tables.get(name).cloned().unwrap_or_default();
            let sql: Vec<&str> = statements.iter().map(|statement| statement.sql.as_str()).collect();
            assert_eq!(
                &folded,
                table,
                "seed {seed}, round {round}, {name} after {sql:#?}\nbefore: {:#?}",
                before.table(name)
            );
        }
        assert_eq!(schema, found, "seed {seed}, round {round}: {operation:?}");
    }
    server.drop().await;
    Some(worked)
}

#[tokio::test]
async fn random_operations_on_postgres() {
    for seed in 1..=3 {
        let Some(worked) = run(POSTGRES, seed).await else { return };
        assert!(worked > 20, "{worked}");
    }
}

#[tokio::test]
async fn random_operations_on_mariadb() {
    for seed in 1..=3 {
        let Some(worked) = run(MARIADB, seed).await else { return };
        assert!(worked > 20, "{worked}");
    }
}
