//! Mistakes that can be seen while recording.

/// A mistake that can be seen while recording: it stops the plan before anything runs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DslError {
    /// Something of the command line that the migration does not declare.
    #[error(
        "it reads `{}`, and does not say so: write `reads: [{entry:?}]` in its `migration!`",
        crate::given::on_command_line(entry)
    )]
    NotDeclared {
        /// The key, or `--tag`.
        entry: String,
    },
    /// Something of the command line that it can not do without.
    #[error("it needs `{}`", crate::given::on_command_line(entry))]
    NotGiven {
        /// The key, or `--tag`.
        entry: String,
    },
    /// A name of nothing.
    #[error("table `{table}`: {what} without a name")]
    EmptyName {
        /// The table.
        table: String,
        /// `column`, `index`, `foreign key`, `table`.
        what: &'static str,
    },
    /// An expression of nothing.
    #[error("{what} of table `{table}` is an empty expression")]
    EmptyExpression {
        /// The table.
        table: String,
        /// Whose it is, with its name.
        what: String,
    },
    /// A character that no identifier may have.
    #[error("the {what} {name:?} contains a NUL character")]
    Nul {
        /// What it names.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// Two columns of one name.
    #[error("table `{table}` has two columns called `{column}`")]
    DuplicateColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// Two indexes or two constraints of one name.
    #[error("table `{table}` has two {what} called `{name}`; `.named(\"…\")` gives one of them another name")]
    DuplicateName {
        /// The table.
        table: String,
        /// `indexes` or `constraints`.
        what: &'static str,
        /// Their name.
        name: String,
    },
    /// A key or index that names a column twice.
    #[error("{what} `{name}` of table `{table}` names column `{column}` twice")]
    RepeatedColumn {
        /// The table.
        table: String,
        /// `index`, `primary key`, `foreign key`.
        what: &'static str,
        /// Its name.
        name: String,
        /// The column.
        column: String,
    },
    /// Two primary keys.
    #[error(
        "table `{table}` has two primary keys; use `table.primary([\"a\", \"b\"])` for one over several columns"
    )]
    TwoPrimaryKeys {
        /// The table.
        table: String,
    },
    /// A part of the primary key that may be NULL.
    #[error("column `{column}` is in the primary key of table `{table}`, and can not be `nullable()`")]
    NullablePrimaryKey {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A table without columns.
    #[error("table `{table}` has no columns")]
    NoColumns {
        /// The table.
        table: String,
    },
    /// Something that only an existing table can do.
    #[error("`{change}` is not possible while creating `{table}`; use `schema.table(\"{table}\", …)`")]
    NotInCreate {
        /// The table.
        table: String,
        /// What was asked.
        change: String,
    },
    /// Something that only a new table can be.
    #[error("`{what}` is only possible while creating `{table}`")]
    OnlyInCreate {
        /// The table.
        table: String,
        /// What was asked.
        what: &'static str,
    },
    /// A modifier that says something about the column that was there.
    #[error("`{modifier}` is for a change: column `{column}` of table `{table}` is new")]
    OnlyInChange {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The modifier.
        modifier: &'static str,
    },
    /// An index or key over columns that a new table does not have.
    #[error("{what} `{name}` of table `{table}` names column `{column}`, which the table does not have")]
    UnknownColumn {
        /// The table.
        table: String,
        /// `index`, `primary key`, `foreign key`, `the place of column`.
        what: &'static str,
        /// Its name.
        name: String,
        /// The column.
        column: String,
    },
    /// A foreign key that says too little.
    #[error("foreign key `{name}` of table `{table}` needs `.references(…)` and `.on(…)`")]
    IncompleteForeignKey {
        /// The table.
        table: String,
        /// Its name.
        name: String,
    },
    /// A foreign key over more or fewer columns than it references.
    #[error(
        "foreign key `{name}` of table `{table}` is over {columns} and references {referenced} columns; \
         it needs as many on both sides"
    )]
    ForeignKeyColumns {
        /// The table.
        table: String,
        /// Its name.
        name: String,
        /// How many columns it is over.
        columns: usize,
        /// How many it references.
        referenced: usize,
    },
    /// A foreign key that would set a column to NULL that can not be.
    #[error(
        "foreign key `{name}` of table `{table}` sets column `{column}` to NULL, and the column is not `nullable()`"
    )]
    ForeignKeyNeedsNull {
        /// The table.
        table: String,
        /// Its name.
        name: String,
        /// The column.
        column: String,
    },
    /// An enumeration or set that nothing fits.
    #[error("column `{column}` of table `{table}` is an enumeration without values")]
    EmptyEnumeration {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A value of an enumeration or set that can not be one.
    #[error("column `{column}` of table `{table}` can not have the value {value:?}: {reason}")]
    BadValue {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The value.
        value: String,
        /// Why not.
        reason: &'static str,
    },
    /// A length, precision or number of dimensions that there is not.
    #[error("column `{column}` of table `{table}` can not have {what}")]
    BadLength {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What was written, and the bounds.
        what: String,
    },
    /// A modifier that its type knows nothing about.
    #[error("`{modifier}` is for {needs}, and column `{column}` of table `{table}` is none")]
    NotOfType {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The modifier.
        modifier: &'static str,
        /// The types that have it.
        needs: &'static str,
    },
    /// An option that its kind of index knows nothing about.
    #[error("`{option}` is for {needs}, and index `{index}` of table `{table}` is none")]
    NotOfKind {
        /// The table.
        table: String,
        /// The index.
        index: String,
        /// The option.
        option: &'static str,
        /// The kind that has it.
        needs: &'static str,
    },
    /// Two modifiers of which only one can hold.
    #[error("column `{column}` of table `{table}` can not have both `{one}` and `{other}`")]
    Conflict {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The one.
        one: &'static str,
        /// What contradicts it.
        other: &'static str,
    },
    /// Parts without rows.
    #[error("`batched(\"{name}\", …)` asks for parts of 0 rows")]
    EmptyBatch {
        /// What it does.
        name: String,
    },
    /// A default that is no value of the column.
    #[error("column `{column}` of table `{table}` can not have the default {value}: {reason}")]
    BadDefault {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The default as written.
        value: String,
        /// Why not.
        reason: String,
    },
    /// What is for a database that there is not: it would never run.
    #[error("`{database}` names no family of databases; there are {}", crate::dialect::families().join(", "))]
    UnknownFamily {
        /// What was written.
        database: String,
    },
    /// A section or a header line of a SQL migration, in a file that is only a text of one.
    #[error(
        "line {line} of `{file}` is one of a SQL migration, which nobody reads here: take it out; what it says of this \
         migration belongs into `migration!`, and its way back into `down`"
    )]
    HeaderInSqlFile {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
    },
    /// A view, type or routine of no name.
    #[error("a {what} has no name")]
    ObjectWithoutName {
        /// What it is.
        what: &'static str,
    },
    /// A view, type or routine that can not be as it is written.
    #[error("{object}: {reason}")]
    BadObject {
        /// What it is, with its name.
        object: String,
        /// Why not.
        reason: String,
    },
    /// A change that changes nothing.
    #[error("`schema.table(\"{table}\", …)` records nothing")]
    NothingRecorded {
        /// The table.
        table: String,
    },
}

impl DslError {
    /// Whether the command line, and not the migration, says too little.
    pub(crate) fn is_for_the_command_line(&self) -> bool {
        matches!(self, DslError::NotGiven { .. })
    }

    /// What the command line would have to say.
    pub(crate) fn on_command_line(&self) -> Option<String> {
        match self {
            DslError::NotGiven { entry } => Some(crate::given::on_command_line(entry)),
            _ => None,
        }
    }
}
