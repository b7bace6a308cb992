//! Operations over everything that a dialect supports, drawn with an eye on what is there, so that most of them work.

use arvel_migrate::{
    dialect::{SharedDialect, Support},
    operation::{
        Algorithm, AlterMode, ColumnDef, ColumnType, EnumDef, Feature, IndexDef, IndexKind, LockLevel,
        Object, Operation, PrimaryKeyDef, TableChange, TableDef, TableName, TableOptions, features,
    },
    schema::{DatabaseSchema, Table},
};

use super::dice::Dice;

pub(super) struct Draw {
    pub(super) dice: Dice,
    dialect: SharedDialect,
    /// The enum types that are there.
    pub(super) enums: Vec<EnumDef>,
}

/// The name of the table that goes with the connection.
pub(super) const SCRATCH: &str = "scratch";

/// Names of tables; one needs quotes everywhere.
pub(super) const TABLES: [&str; 4] = ["t0", "t1", "t2", "Odd \"`name'"];

/// Expressions over the columns `n` and `s` that every table begins with: `tests/golden/spellings.txt` says how each
/// database shows them.
pub(super) const CHECKS: [&str; 4] = ["n > 0", "n <> 13", "s <> ''", "n + 1 > 0"];

impl Draw {
    pub(super) fn new(seed: u64, dialect: SharedDialect) -> Self {
        Self { dice: Dice::new(seed), dialect, enums: Vec::new() }
    }

    /// Whether the dialect has it.
    pub(super) fn has(&self, feature: Feature) -> bool {
        self.dialect.support(feature) == Support::Yes
    }

    /// Whether it is of this family: names of collations and options are every database's own.
    pub(super) fn is(&self, family: &str) -> bool {
        self.dialect.capability().family == family
    }

    /// A collation that is there.
    pub(super) fn a_collation(&self) -> &'static str {
        match self.dialect.capability().family {
            "sqlite" => "NOCASE",
            "postgres" => "C",
            _ => "utf8mb4_bin",
        }
    }

    /// True once in `sides`, of what the dialect has.
    pub(super) fn perhaps(&mut self, feature: Feature, sides: usize) -> bool {
        self.dice.one_in(sides) && self.has(feature)
    }

    fn is_supported(&self, operation: &Operation) -> bool {
        features(operation).into_iter().all(|feature| self.has(feature))
    }

    /// The next operation.
    pub(super) fn operation(&mut self, schema: &DatabaseSchema) -> Operation {
        let enums = schema.objects.values().filter_map(|object| match object {
            Object::Enum(def) => Some(def.clone()),
            _ => None,
        });
        self.enums = enums.collect();
        loop {
            let operation = self.any(schema);
            if self.is_supported(&operation) {
                return operation;
            }
        }
    }

    fn any(&mut self, schema: &DatabaseSchema) -> Operation {
        if schema.tables.values().filter(|table| !table.options.temporary).count() < 2 {
            return self.create(schema);
        }
        if self.dice.one_in(3)
            && let Some(attach) = self.attach(schema)
        {
            return attach;
        }
        if self.perhaps(Feature::Temporary, 60) {
            return Self::scratch();
        }
        match self.dice.roll(16) {
            0 | 1 => self.create(schema),
            2 => Operation::RenameTable { from: self.table(schema), to: self.table_name(schema) },
            3 => {
                let table = if self.dice.one_in(4) { self.table_name(schema) } else { self.table(schema) };
                if self.is_viewed(&table, schema) {
                    return self.create(schema);
                }
                Operation::DropTable { table, if_exists: self.dice.one_in(2) }
            }
            4..=6 => self.object(schema),
            _ => {
                let table = self.table(schema);
                let count = 1 + self.dice.roll(3);
                let changes = (0..count).flat_map(|_| self.supported_change(&table, schema)).collect();
                Operation::AlterTable { table, changes }
            }
        }
    }

    /// A table that is there.
    pub(super) fn table(&mut self, schema: &DatabaseSchema) -> TableName {
        let lasting = schema.tables.iter().filter(|(_, table)| !table.options.temporary);
        let names: Vec<&TableName> = lasting.map(|(name, _)| name).collect();
        self.dice.pick(&names).clone()
    }

    /// A name that is mostly free.
    fn table_name(&mut self, schema: &DatabaseSchema) -> TableName {
        let free: Vec<&str> =
            TABLES.into_iter().filter(|name| !schema.tables.contains_key(&TableName::parse(name))).collect();
        match free.is_empty() || self.dice.one_in(8) {
            true => self.dice.pick(&TABLES).into(),
            false => self.dice.pick(&free).into(),
        }
    }

    pub(super) fn create(&mut self, schema: &DatabaseSchema) -> Operation {
        let name = self.table_name(schema);
        let mut id = ColumnDef::new("id", ColumnType::BigInteger);
        id.unsigned();
        let counts = !self.dice.one_in(6);
        if counts {
            id.auto_increment();
            id.starting_value = self.perhaps(Feature::StartingValue, 8).then_some(40);
        }
        let mut parent = ColumnDef::new("parent", ColumnType::BigInteger);
        parent.unsigned().nullable();
        let [n, s] = read_columns();
        let mut columns = vec![id, parent, n, s];
        for column in ["a", "b", "D d"] {
            if self.dice.one_in(2) {
                let mut def = self.column(column);
                // A place among others is for a table that is there.
                def.position = None;
                def.mode = AlterMode::default();
                columns.push(def);
            }
        }
        let mut def = TableDef {
            columns,
            if_not_exists: self.dice.one_in(6),
            primary_key: (!counts && self.dice.one_in(2)).then(|| PrimaryKeyDef {
                name: format!("{}_primary", name.name),
                columns: vec!["n".into(), "s".into()],
            }),
            comment: (self.perhaps(Feature::TableComment, 4)).then(|| "it's \\ about".to_owned()),
            options: self.options(),
            name,
            ..TableDef::default()
        };
        let shape = shape_of(&def);
        def.partition_by = self.partition_by(&def.name, counts);
        // What is not made again because it is there is not asked for its indexes either.
        let indexes = if def.if_not_exists { 0 } else { self.dice.roll(3) };
        for _ in 0..indexes {
            let index = self.index(&def.name, &shape);
            // Two of one name are one too many, and of two unique keys over the same PostgreSQL makes one.
            let clashes = |other: &IndexDef| {
                other.name == index.name || (other.kind == index.kind && other.columns == index.columns)
            };
            let is_key = def.primary_key.as_ref().is_some_and(|key| index.column_names().eq(&key.columns));
            // Every unique key of a split table has the column by which it is split, and no text is searched.
            let fits = def.partition_by.is_none() || index.kind == IndexKind::Index;
            if fits && !is_key && !def.indexes.iter().any(clashes) {
                def.indexes.push(IndexDef { mode: AlterMode::default(), ..index });
            }
        }
        if self.dice.one_in(2) {
            let own = counts.then(|| def.name.clone());
            def.foreign_keys.extend(self.foreign_key(&def.name, own, schema));
        }
        if self.dice.one_in(3) {
            def.checks.push(self.check(&def.name, schema));
        }
        def.foreign_keys.iter_mut().for_each(|key| key.mode = AlterMode::default());
        def.checks.iter_mut().for_each(|check| check.mode = AlterMode::default());
        Operation::CreateTable(def)
    }

    /// A table that goes with the connection. Nothing else is drawn for it, and no way back leads past it.
    fn scratch() -> Operation {
        let options = TableOptions { temporary: true, ..TableOptions::default() };
        let columns = read_columns().to_vec();
        Operation::CreateTable(TableDef { name: SCRATCH.into(), columns, options, ..TableDef::default() })
    }

    /// How a change is to be made.
    pub(super) fn mode(&mut self, online: Feature, algorithm: Feature, lock: Feature) -> AlterMode {
        use Algorithm as A;
        use LockLevel as L;
        let online = self.perhaps(online, 8);
        let algorithm = !online && self.perhaps(algorithm, 8);
        let lock = !online && self.perhaps(lock, 8);
        AlterMode {
            online,
            algorithm: algorithm.then(|| self.dice.pick(&[A::Instant, A::NoCopy, A::InPlace, A::Copy])),
            lock: lock.then(|| self.dice.pick(&[L::None, L::Shared, L::Exclusive])),
            ..AlterMode::default()
        }
    }

    fn options(&mut self) -> TableOptions {
        let mut options = TableOptions::default();
        if self.perhaps(Feature::Engine, 6) {
            options.engine = Some("InnoDB".into());
        }
        if self.perhaps(Feature::TableCharset, 6) {
            options.charset = Some("utf8mb4".into());
        }
        if self.perhaps(Feature::TableCollation, 6) {
            options.collation = Some("utf8mb4_bin".into());
        }
        options.unlogged = self.perhaps(Feature::Unlogged, 8).then_some(true);
        options.strict = self.perhaps(Feature::Strict, 8).then_some(true);
        options.without_rowid = self.perhaps(Feature::WithoutRowid, 8).then_some(true);
        if self.perhaps(Feature::TableParameters, 8) {
            let one = if self.is("mysql") { ("row_format", "DYNAMIC") } else { ("fillfactor", "70") };
            options.parameters.push((one.0.into(), one.1.into()));
        }
        options
    }

    /// A change that the dialect has, with what has to come before it.
    fn supported_change(&mut self, name: &TableName, schema: &DatabaseSchema) -> Vec<TableChange> {
        loop {
            let changes = self.change(name, &schema.tables[name], schema);
            let alone = Operation::AlterTable { table: name.clone(), changes };
            if self.is_supported(&alone)
                && let Operation::AlterTable { changes, .. } = alone
                && !changes.is_empty()
            {
                return changes;
            }
        }
    }

    fn change(&mut self, name: &TableName, table: &Table, schema: &DatabaseSchema) -> Vec<TableChange> {
        if table.partition_by.is_some()
            && self.dice.one_in(2)
            && let Some(change) = self.other_parts(table)
        {
            return vec![change];
        }
        vec![match self.dice.roll(22) {
            0..=2 => {
                let new = self.new_column_name(table);
                let mut def = self.column(&new);
                if let Some(position) = self.position(table) {
                    def.position = Some(position);
                }
                TableChange::AddColumn(def)
            }
            3..=5 => TableChange::ChangeColumn(self.changed_column(table)),
            6 => TableChange::DropColumn { name: self.column_of(table) },
            7 => TableChange::RenameColumn { from: self.column_of(table), to: self.new_column_name(table) },
            8..=10 => TableChange::AddIndex(self.index(name, table)),
            11 => match self.index_of(table) {
                Some((index, kind)) => TableChange::DropIndex { name: index, kind, mode: self.index_mode() },
                None => TableChange::AddIndex(self.index(name, table)),
            },
            12 => match self.index_of(table) {
                Some((from, _)) => {
                    TableChange::RenameIndex { from, to: format!("{}_i{}", name.name, self.dice.roll(9)) }
                }
                None => TableChange::AddIndex(self.index(name, table)),
            },
            13 | 14 => {
                return self
                    .foreign_key(name, None, schema)
                    .map(TableChange::AddForeignKey)
                    .into_iter()
                    .collect();
            }
            15 => match self.dice.pick_one(&table.foreign_keys) {
                Some(key) => TableChange::DropForeignKey {
                    name: key.name.clone().unwrap_or_default(),
                    columns: key.columns.clone(),
                },
                None => return Vec::new(),
            },
            16 if self.perhaps(Feature::Exclusion, 2) => match self.dice.pick_one(&table.exclusions) {
                Some(exclusion) => TableChange::DropExclusion { name: exclusion.name.clone() },
                None => TableChange::AddExclusion(self.exclusion(name)),
            },
            16 => TableChange::AddCheck(self.check(name, schema)),
            17 => match self.dice.pick_one(&table.checks).and_then(|check| check.name.clone()) {
                Some(name) => TableChange::DropCheck { name },
                None => TableChange::AddCheck(self.check(name, schema)),
            },
            18 => {
                match table.checks.iter().find(|check| check.not_valid).and_then(|check| check.name.clone()) {
                    Some(name) => TableChange::ValidateConstraint { name },
                    None => TableChange::AddCheck(self.check(name, schema)),
                }
            }
            19 => {
                let text = self.dice.pick(&[None, Some("it's".to_owned()), Some(String::new())]);
                TableChange::Comment(text)
            }
            20 => return self.other_primary_key(name, table),
            _ => {
                let options = self.options();
                if options == TableOptions::default() {
                    TableChange::Comment(Some("no option".into()))
                } else {
                    TableChange::Options(options)
                }
            }
        }]
    }

    /// The primary key over other columns.
    fn other_primary_key(&mut self, name: &TableName, table: &Table) -> Vec<TableChange> {
        let old = table.primary_key.as_ref().map(|key| TableChange::DropPrimaryKey {
            name: key.name.clone().unwrap_or_else(|| format!("{}_id_primary", name.name)),
        });
        let counts = table.columns.iter().find(|column| column.auto_increment);
        // What counts needs a key at any moment.
        let columns = match counts {
            Some(column) => vec![column.name.clone(), "n".to_owned()],
            None => self.dice.pick(&[vec!["n".to_owned(), "s".to_owned()], vec!["id".to_owned()]]),
        };
        let new = PrimaryKeyDef { name: format!("{}_key", name.name), columns };
        old.into_iter().chain([TableChange::AddPrimaryKey(new)]).collect()
    }
}

/// The columns that checks, predicates and views read.
fn read_columns() -> [ColumnDef; 2] {
    [ColumnDef::new("n", ColumnType::Integer), ColumnDef::new("s", ColumnType::String { length: 40 })]
}

/// What a new table will have, as far as drawing asks.
fn shape_of(def: &TableDef) -> Table {
    let column = |column: &ColumnDef| arvel_migrate::schema::Column {
        name: column.name.clone(),
        type_name: match column.kind {
            ColumnType::Text => "text".into(),
            ColumnType::Geometry { .. } => "geometry".into(),
            _ => String::new(),
        },
        nullable: column.nullable == Some(true),
        ..Default::default()
    };
    Table { columns: def.columns.iter().map(column).collect(), ..Table::default() }
}
