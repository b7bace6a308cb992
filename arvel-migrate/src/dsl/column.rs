//! The modifiers of a column.

use crate::operation::{
    Algorithm, AlterMode, ColumnDef, ColumnType, DefaultValue, Generated, Identity, IndexKind, Misuse,
    Position, Reference, TableName,
};

impl ColumnDef {
    /// A column without modifiers.
    #[must_use]
    pub fn new(name: &str, kind: ColumnType) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            nullable: None,
            default: None,
            unsigned: false,
            auto_increment: false,
            primary: false,
            indexes: Vec::new(),
            comment: None,
            check: None,
            references: None,
            position: None,
            invisible: None,
            generated: None,
            identity: None,
            starting_value: None,
            use_current_on_update: None,
            charset: None,
            collation: None,
            using: None,
            mode: AlterMode::default(),
            change: false,
            type_check: None,
            misuse: None,
        }
    }

    /// Allows NULL. Columns are NOT NULL otherwise.
    pub fn nullable(&mut self) -> &mut Self {
        self.nullable = Some(true);
        self
    }

    /// Forbids NULL: the default for a new column, and the way to say it for a changed one.
    pub fn not_null(&mut self) -> &mut Self {
        self.nullable = Some(false);
        self
    }

    /// The value of rows that do not mention the column: `default(0)`, `default("x")`, `default(true)`.
    pub fn default(&mut self, value: impl Into<DefaultValue>) -> &mut Self {
        self.default = Some(value.into());
        self
    }

    /// A default that the database computes, as written: `default_expression("now()")`.
    pub fn default_expression(&mut self, expression: &str) -> &mut Self {
        self.default = Some(DefaultValue::Expression(expression.to_owned()));
        self
    }

    /// The moment of the INSERT, in each database's own words.
    pub fn use_current(&mut self) -> &mut Self {
        self.default = Some(DefaultValue::CurrentTimestamp);
        self
    }

    /// The moment of each UPDATE that does not mention the column.
    pub fn use_current_on_update(&mut self) -> &mut Self {
        self.use_current_on_update = Some(true);
        self
    }

    /// On a change: an UPDATE no longer touches the column by itself.
    pub fn no_current_on_update(&mut self) -> &mut Self {
        self.use_current_on_update = Some(false);
        self
    }

    /// On a change: takes the default away.
    pub fn no_default(&mut self) -> &mut Self {
        self.default = Some(DefaultValue::Null);
        self
    }

    /// Without negative numbers.
    pub fn unsigned(&mut self) -> &mut Self {
        self.unsigned = true;
        self
    }

    /// Counts up by itself, and is the primary key.
    pub fn auto_increment(&mut self) -> &mut Self {
        self.auto_increment = true;
        self.primary = true;
        self
    }

    /// The first value of a column that counts up: `table.id().starting_value(1_000)`.
    pub fn starting_value(&mut self, value: i64) -> &mut Self {
        self.starting_value = Some(value);
        self
    }

    /// Counts by the standard's identity column, without being the primary key by itself. Modifiers of the column
    /// come before it, those of the counting after it: `table.big_integer("number").identity().always().start(1_000)`.
    pub fn identity(&mut self) -> &mut Identity {
        self.identity.get_or_insert_default()
    }

    /// Computed from other columns when it is read: `table.string("name").virtual_as("first || ' ' || last")`.
    pub fn virtual_as(&mut self, expression: &str) -> &mut Self {
        self.generated_as(expression, false)
    }

    /// Computed from other columns when the row is written, and kept in it.
    pub fn stored_as(&mut self, expression: &str) -> &mut Self {
        self.generated_as(expression, true)
    }

    fn generated_as(&mut self, expression: &str, stored: bool) -> &mut Self {
        if self.generated.as_ref().is_some_and(|generated| generated.stored != stored) {
            self.misuse = Some(Misuse::Both("virtual_as(…)", "stored_as(…)"));
        }
        self.generated = Some(Generated { expression: expression.to_owned(), stored });
        self
    }

    /// Before all other columns.
    pub fn first(&mut self) -> &mut Self {
        self.at(Position::First)
    }

    /// Behind this column.
    pub fn after(&mut self, column: &str) -> &mut Self {
        self.at(Position::After(column.to_owned()))
    }

    fn at(&mut self, position: Position) -> &mut Self {
        if self
            .position
            .as_ref()
            .is_some_and(|old| (*old == Position::First) != (position == Position::First))
        {
            self.misuse = Some(Misuse::Both("first()", "after(…)"));
        }
        self.position = Some(position);
        self
    }

    /// Hidden from `SELECT *`.
    pub fn invisible(&mut self) -> &mut Self {
        self.invisible = Some(true);
        self
    }

    /// On a change: shown by `SELECT *` again.
    pub fn visible(&mut self) -> &mut Self {
        self.invisible = Some(false);
        self
    }

    /// The character set of a text.
    pub fn charset(&mut self, name: &str) -> &mut Self {
        self.charset = Some(name.to_owned());
        self
    }

    /// The collation of a text.
    pub fn collation(&mut self, name: &str) -> &mut Self {
        self.collation = Some(name.to_owned());
        self
    }

    /// A comment kept by the database. On a change an empty text takes it away.
    pub fn comment(&mut self, text: &str) -> &mut Self {
        self.comment = Some(text.to_owned());
        self
    }

    /// Makes the column the primary key.
    pub fn primary(&mut self) -> &mut Self {
        self.primary = true;
        self
    }

    /// A unique key on this column. With a name or options: `table.unique("email").named("…")`.
    pub fn unique(&mut self) -> &mut Self {
        self.indexed(IndexKind::Unique)
    }

    /// An index on this column. With a name or options: `table.index("title").named("…")`.
    pub fn index(&mut self) -> &mut Self {
        self.indexed(IndexKind::Index)
    }

    /// An index of the words in this column.
    pub fn full_text(&mut self) -> &mut Self {
        self.indexed(IndexKind::FullText)
    }

    /// An index of the shapes in this column.
    pub fn spatial_index(&mut self) -> &mut Self {
        self.indexed(IndexKind::Spatial)
    }

    /// An index of nearest neighbours in this column.
    pub fn vector_index(&mut self) -> &mut Self {
        self.indexed(IndexKind::Vector)
    }

    fn indexed(&mut self, kind: IndexKind) -> &mut Self {
        if !self.indexes.contains(&kind) {
            self.indexes.push(kind);
        }
        self
    }

    /// A check on this column, named `{table}_{column}_check`: `table.integer("price").check("price > 0")`.
    pub fn check(&mut self, expression: &str) -> &mut Self {
        self.check = Some(expression.to_owned());
        self
    }

    /// References `id` of a table: `table.foreign_id("author_id").constrained("users")`. Modifiers of the column come
    /// before it, actions of the key after it.
    pub fn constrained(&mut self, table: &str) -> &mut Reference {
        self.references_column(table, "id")
    }

    /// References a column of a table.
    pub fn references_column(&mut self, table: &str, column: &str) -> &mut Reference {
        self.references.insert(Reference {
            table: TableName::parse(table),
            column: column.to_owned(),
            name: None,
            on_delete: None,
            on_update: None,
            deferrable: None,
            mode: AlterMode::default(),
        })
    }

    /// Changes the existing column of this name; what is not mentioned stays.
    pub fn change(&mut self) -> &mut Self {
        self.change = true;
        self
    }

    /// On a change of type: what makes the new value of the old one: `table.integer("n").using("n::integer").change()`.
    pub fn using(&mut self, expression: &str) -> &mut Self {
        self.using = Some(expression.to_owned());
        self
    }

    /// By a change of the catalog alone: `algorithm(Algorithm::Instant)`.
    pub fn instant(&mut self) -> &mut Self {
        self.algorithm(Algorithm::Instant)
    }
}

/// What is said of the type.
impl ColumnDef {
    /// A list of values of this type: `table.text("tags").array()`.
    pub fn array(&mut self) -> &mut Self {
        let of = std::mem::replace(&mut self.kind, ColumnType::Boolean);
        self.kind = ColumnType::Array(Box::new(of));
        self
    }

    /// Of an enumeration: the type made by `create_enum`, where the database has such types.
    pub fn of_type(&mut self, name: &str) -> &mut Self {
        match &mut self.kind {
            ColumnType::Enumeration { type_name, .. } => *type_name = Some(TableName::parse(name)),
            _ => self.misuse = Some(Misuse::NotOfType("of_type(…)", "enumerations")),
        }
        self
    }

    /// Of a geometry or geography: the reference system.
    pub fn srid(&mut self, id: u32) -> &mut Self {
        match &mut self.kind {
            ColumnType::Geometry { srid, .. } | ColumnType::Geography { srid, .. } => *srid = Some(id),
            _ => self.misuse = Some(Misuse::NotOfType("srid(…)", "geometries and geographies")),
        }
        self
    }
}

impl Identity {
    /// An INSERT may not give a value of its own.
    pub fn always(&mut self) -> &mut Self {
        self.always = true;
        self
    }

    /// The first value.
    pub fn start(&mut self, value: i64) -> &mut Self {
        self.start = Some(value);
        self
    }

    /// The step.
    pub fn increment(&mut self, step: i64) -> &mut Self {
        self.increment = Some(step);
        self
    }

    /// The smallest value.
    pub fn minimum(&mut self, value: i64) -> &mut Self {
        self.minimum = Some(value);
        self
    }

    /// The largest value.
    pub fn maximum(&mut self, value: i64) -> &mut Self {
        self.maximum = Some(value);
        self
    }

    /// How many values a connection takes at once.
    pub fn cache(&mut self, values: i64) -> &mut Self {
        self.cache = Some(values);
        self
    }

    /// Begins again behind the largest value.
    pub fn cycle(&mut self) -> &mut Self {
        self.cycle = true;
        self
    }
}
