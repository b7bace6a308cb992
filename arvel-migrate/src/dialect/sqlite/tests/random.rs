//! Random changes of a parent, its child and itself: what ran is what was folded, what was refused left nothing, and no
//! row was lost on the way.

use super::Database;
use crate::operation::{
    AlterMode, CheckDef, ColumnDef, ColumnType, DefaultValue, ForeignKeyDef, IndexDef, IndexKind, Operation,
    PrimaryKeyDef, TableChange, TableName,
};

/// Numbers that look random and are the same in every run (a linear congruential generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick(&mut self, of: &[&str]) -> String {
        of[self.roll(of.len())].to_owned()
    }

    fn column(&mut self) -> String {
        self.pick(&["id", "a", "B", "c d", "é", "in", "parent_id"])
    }

    fn definition(&mut self) -> ColumnDef {
        let kind = match self.roll(5) {
            0 => ColumnType::Integer,
            1 => ColumnType::String { length: 9 },
            2 => ColumnType::Text,
            3 => ColumnType::Enumeration { values: vec!["x".into(), "1".into()], type_name: None },
            _ => ColumnType::Timestamp { precision: 0 },
        };
        let mut column = ColumnDef::new(&self.column(), kind);
        column.nullable = [None, Some(true), Some(true), Some(false)][self.roll(4)];
        column.default = match self.roll(4) {
            0 => Some(DefaultValue::Text("x".into())),
            1 => Some(DefaultValue::CurrentTimestamp),
            2 => Some(DefaultValue::Null),
            _ => None,
        };
        column
    }

    fn change(&mut self) -> TableChange {
        let name = self.pick(&["i", "J k", "l"]);
        let columns = vec![self.column()];
        match self.roll(13) {
            0 | 1 => TableChange::AddColumn(self.definition()),
            2 | 3 => TableChange::ChangeColumn(ColumnDef { change: true, ..self.definition() }),
            4 => TableChange::DropColumn { name: self.column() },
            5 => TableChange::RenameColumn { from: self.column(), to: self.column() },
            6 => TableChange::AddIndex(IndexDef::over(name, &columns, IndexKind::Index)),
            7 => TableChange::DropIndex { name, kind: IndexKind::Index, mode: AlterMode::default() },
            8 => TableChange::RenameIndex { from: name, to: self.pick(&["i", "J k", "l"]) },
            9 => TableChange::AddForeignKey(ForeignKeyDef {
                name,
                columns,
                references: TableName::from(self.pick(&["parent", "child"]).as_str()),
                referenced_columns: vec!["id".into()],
                on_delete: None,
                on_update: None,
                ..ForeignKeyDef::default()
            }),
            10 => TableChange::DropForeignKey { name, columns },
            11 => TableChange::AddCheck(CheckDef {
                name,
                expression: format!("\"{}\" <> 7", columns[0]),
                ..CheckDef::default()
            }),
            _ => match self.roll(3) {
                0 => TableChange::DropCheck { name },
                1 => TableChange::AddPrimaryKey(PrimaryKeyDef { name, columns }),
                _ => TableChange::DropPrimaryKey { name },
            },
        }
    }

    fn operation(&mut self) -> Operation {
        let table = TableName::from(self.pick(&["parent", "child", "Child"]).as_str());
        if self.roll(12) == 0 {
            let to = TableName::from(self.pick(&["parent", "child", "third"]).as_str());
            return Operation::RenameTable { from: table, to };
        }
        let changes = (0..=self.roll(3)).map(|_| self.change()).collect();
        Operation::AlterTable { table, changes }
    }
}

#[tokio::test]
async fn random_operations_fold_as_they_run() {
    let (mut ran, mut rebuilt) = (0, 0);
    for seed in 0..40 {
        let mut dice = Dice(seed);
        let mut db = Database::with(&[
            "CREATE TABLE parent (\n    id integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n    a varchar(9), -- a name\n    \
             \"in\" integer DEFAULT 3 CHECK (\"in\" IN (1, 3))\n)",
            "CREATE TABLE child(id INTEGER PRIMARY KEY, parent_id INT REFERENCES parent (id) ON DELETE CASCADE, B, UNIQUE (B))",
            "INSERT INTO parent (id, a) VALUES (1, 'one'), (2, NULL)",
            "INSERT INTO child VALUES (1, 1, 'x'), (2, 2, NULL), (3, 1, 'z')",
        ])
        .await;
        for _ in 0..12 {
            let operation = dice.operation();
            let before = db.inspect().await;
            let mut folded = before.clone();
            let exact = db.dialect.fold(&operation, &mut folded);
            match db.try_run(&operation).await {
                Ok(sent) => {
                    ran += 1;
                    rebuilt += usize::from(sent.iter().any(|sql| sql.starts_with("DROP TABLE")));
                    assert!(exact, "seed {seed}: {operation:?}");
                    assert_eq!(folded, db.inspect().await, "seed {seed}: {operation:?}");
                }
                Err(_) => assert_eq!(before, db.inspect().await, "seed {seed}: {operation:?}"),
            }
            let mut counts = Vec::new();
            for table in db.inspect().await.tables.keys() {
                let count = format!("SELECT count(*) FROM {}", super::quoted(&table.name));
                counts.extend(db.rows(&count).await);
            }
            counts.sort();
            assert_eq!(counts, ["2", "3"], "seed {seed}: {operation:?}");
        }
    }
    assert!(ran > 40 && rebuilt > 10, "{ran} ran, {rebuilt} with a rebuild");
}
