//! The modifiers of a column.

use crate::operation::{ColumnDef, ColumnType, DefaultValue, IndexRequest, Reference, TableName};

impl ColumnDef {
    pub(crate) fn new(name: &str, kind: ColumnType) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            nullable: None,
            default: None,
            unsigned: false,
            auto_increment: false,
            primary: false,
            unique: None,
            index: None,
            comment: None,
            references: None,
            change: false,
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

    /// Makes the column the primary key.
    pub fn primary(&mut self) -> &mut Self {
        self.primary = true;
        self
    }

    /// A unique key on this column.
    pub fn unique(&mut self) -> &mut Self {
        self.unique = Some(IndexRequest::Conventional);
        self
    }

    /// A unique key on this column with a name of its own.
    pub fn unique_named(&mut self, name: &str) -> &mut Self {
        self.unique = Some(IndexRequest::Named(name.to_owned()));
        self
    }

    /// An index on this column.
    pub fn index(&mut self) -> &mut Self {
        self.index = Some(IndexRequest::Conventional);
        self
    }

    /// An index on this column with a name of its own.
    pub fn index_named(&mut self, name: &str) -> &mut Self {
        self.index = Some(IndexRequest::Named(name.to_owned()));
        self
    }

    /// A comment kept by the database.
    pub fn comment(&mut self, text: &str) -> &mut Self {
        self.comment = Some(text.to_owned());
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
        })
    }

    /// Changes the existing column of this name; what is not mentioned stays.
    pub fn change(&mut self) -> &mut Self {
        self.change = true;
        self
    }
}
