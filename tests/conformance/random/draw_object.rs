//! What a database has besides tables.

use arvel_migrate::{
    operation::{
        EnumChange, EnumDef, Feature, IndexDef, IndexKind, NamespaceDef, Object, ObjectId, ObjectKind,
        Operation, RoutineDef, SequenceDef, TableName, TriggerDef, ViewDef,
    },
    schema::DatabaseSchema,
};

use super::draw::Draw;

impl Draw {
    /// A view, a sequence or an enum type that comes, changes or goes; a table where the dialect has none of them.
    pub(super) fn object(&mut self, schema: &DatabaseSchema) -> Operation {
        let there: Vec<&ObjectId> = schema.objects.keys().collect();
        // There is seldom one of these, and much to do with it.
        let rare: Vec<&ObjectId> = there.iter().copied().filter(|id| id.kind != ObjectKind::View).collect();
        if let Some(id) = self.dice.pick_one(&rare)
            && self.dice.one_in(2)
        {
            return self.less(id);
        }
        if let Some(id) = self.dice.pick_one(&there)
            && self.dice.one_in(2)
        {
            return self.less(id);
        }
        match self.dice.roll(8) {
            0 if self.has(Feature::Sequence) => {
                let name = self.dice.pick(&["q0", "q1"]);
                Operation::Create(Object::Sequence(SequenceDef {
                    name: name.into(),
                    start: self.dice.pick(&[None, Some(10)]),
                    increment: self.dice.pick(&[None, Some(2)]),
                    cycle: self.dice.one_in(3),
                    ..SequenceDef::default()
                }))
            }
            1 if self.has(Feature::EnumType) => {
                let name = self.dice.pick(&["mood", "Big Mood"]);
                // Where there is nothing to see, there is nothing to pick from.
                if !self.is("postgres") && self.dice.one_in(3) {
                    let object = ObjectId::new(ObjectKind::Enum, "mood");
                    return Operation::Rename { object, to: "Big Mood".into() };
                }
                Operation::Create(Object::Enum(EnumDef {
                    name: name.into(),
                    values: vec!["fine".into(), "it's bad".into()],
                }))
            }
            2 if self.has(Feature::Namespace) => Operation::Create(Object::Namespace(NamespaceDef {
                name: "space".into(),
                if_not_exists: self.dice.one_in(3),
            })),
            3 if self.has(Feature::Function) => Operation::Create(self.routine()),
            5 if self.has(Feature::Partition) => self.partition(schema),
            4 if self.has(Feature::Trigger) => self.trigger(schema),
            _ => {
                let plain = |name: &&TableName| name.name.starts_with('t');
                let tables: Vec<&TableName> = schema.tables.keys().filter(plain).collect();
                let Some(table) = self.dice.pick_one(&tables) else { return self.create(schema) };
                let materialized = self.perhaps(Feature::MaterializedView, 2);
                Operation::Create(Object::View(ViewDef {
                    name: self.dice.pick(&["v0", "v1"]).into(),
                    query: format!("SELECT id, n FROM {table}"),
                    materialized,
                    without_data: materialized && self.dice.one_in(5),
                    indexes: self.view_indexes(materialized),
                    replace: !materialized && self.perhaps(Feature::ViewReplace, 4),
                    check_option: (!materialized && self.perhaps(Feature::ViewCheckOption, 5))
                        .then(|| self.dice.pick(&["LOCAL", "CASCADED"]).into()),
                    options: self.view_options(materialized),
                    ..ViewDef::default()
                }))
            }
        }
    }

    /// What a view that keeps its rows has to have to be refreshed beside its readers.
    fn view_indexes(&mut self, materialized: bool) -> Vec<IndexDef> {
        let key = IndexDef::over(format!("v_i{}", self.dice.roll(9)), &["id".to_owned()], IndexKind::Unique);
        if materialized && self.dice.one_in(2) { vec![key] } else { Vec::new() }
    }

    fn view_options(&mut self, materialized: bool) -> Vec<(String, String)> {
        if materialized || !self.perhaps(Feature::ViewOptions, 5) {
            return Vec::new();
        }
        let one = if self.is("mysql") { ("security", "INVOKER") } else { ("security_barrier", "true") };
        vec![(one.0.into(), one.1.into())]
    }

    /// In the words in which the database shows it.
    fn routine(&mut self) -> Object {
        let procedure = self.dice.one_in(2);
        let name = self.dice.pick(&["r0", "r1"]);
        if self.is("mysql") {
            let sql = match procedure {
                true => format!("CREATE PROCEDURE `{name}`()\nSELECT 1"),
                false => format!("CREATE FUNCTION `{name}`() RETURNS int(11)\n    DETERMINISTIC\nRETURN 1"),
            };
            return Object::Routine(RoutineDef {
                name: name.into(),
                arguments: String::new(),
                procedure,
                sql,
            });
        }
        let (word, returns) = if procedure { ("PROCEDURE", "") } else { ("FUNCTION", " RETURNS integer\n") };
        let quote = word.to_lowercase();
        Object::Routine(RoutineDef {
            name: name.into(),
            arguments: String::new(),
            procedure,
            sql: format!(
                "CREATE OR REPLACE {word} public.{name}()\n{returns} LANGUAGE sql\nAS ${quote}$ SELECT 1 ${quote}$"
            ),
        })
    }

    /// A trigger that comes, in the words in which its database shows it, or goes.
    fn trigger(&mut self, schema: &DatabaseSchema) -> Operation {
        let plain = |name: &&TableName| name.name.starts_with('t');
        let tables: Vec<&TableName> = schema.tables.keys().filter(plain).collect();
        let Some(table) = self.dice.pick_one(&tables).map(|table| (*table).clone()) else {
            return self.create(schema);
        };
        if let Some((name, _)) = self.dice.pick_one(&schema.tables[&table].triggers) {
            let object = ObjectId { table: Some(table), ..ObjectId::new(ObjectKind::Trigger, name.as_str()) };
            return Operation::Drop { object, if_exists: self.dice.one_in(3) };
        }
        // Every table's own: SQLite has them all in one space.
        let name = format!("{}_g{}", table.name, self.dice.roll(2));
        let sql = match () {
            () if self.is("postgres") => format!(
                "CREATE TRIGGER {name} BEFORE UPDATE ON public.{table} FOR EACH ROW \
                 EXECUTE FUNCTION suppress_redundant_updates_trigger()"
            ),
            () if self.is("mysql") => {
                format!("CREATE TRIGGER `{name}` BEFORE UPDATE ON `{table}` FOR EACH ROW SET @changed = 1")
            }
            () => format!("CREATE TRIGGER {name} AFTER UPDATE ON {table} BEGIN SELECT 1; END"),
        };
        Operation::Create(Object::Trigger(TriggerDef { name, table, sql }))
    }

    /// Whether a view reads the table: without it some databases change no table any more.
    pub(super) fn is_viewed(&self, table: &TableName, schema: &DatabaseSchema) -> bool {
        schema.objects.values().any(|object| match object {
            Object::View(view) => view.query.contains(&table.name),
            _ => false,
        })
    }

    fn less(&mut self, id: &ObjectId) -> Operation {
        match (id.kind, self.dice.roll(3)) {
            (ObjectKind::Enum, 0) => {
                let value = self.dice.pick(&["new", "newer"]).to_owned();
                let change = EnumChange::AddValue { value, place: None };
                Operation::AlterEnum { name: id.name.clone(), change }
            }
            (ObjectKind::Enum, 1) => {
                let change = EnumChange::RenameValue { from: "fine".into(), to: "well".into() };
                Operation::AlterEnum { name: id.name.clone(), change }
            }
            (ObjectKind::MaterializedView, 0 | 1) => {
                let online = self.perhaps(Feature::RefreshViewOnline, 2);
                Operation::RefreshView {
                    name: id.name.clone(),
                    online,
                    without_data: !online && self.dice.one_in(6),
                }
            }
            (ObjectKind::Sequence | ObjectKind::View | ObjectKind::Namespace, 0 | 1)
            | (ObjectKind::Enum, 2) => {
                let to = format!("{}_2", id.name.name);
                Operation::Rename { object: id.clone(), to: to.as_str().into() }
            }
            _ => Operation::Drop { object: id.clone(), if_exists: self.dice.one_in(3) },
        }
    }
}
