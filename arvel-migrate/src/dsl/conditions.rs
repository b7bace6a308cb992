//! Conditions. Nothing can be asked while recording, so both sides are recorded, and the executor decides when their
//! turn comes.

use super::{DslError, Schema};
use crate::operation::{Condition, Operation, Question, TableName};

/// Takes the other side of a condition.
pub struct Otherwise<'a> {
    schema: &'a mut Schema,
}

impl Otherwise<'_> {
    /// What runs when the condition does not hold.
    pub fn otherwise(self, record: impl FnOnce(&mut Schema)) {
        let recorded = self.schema.nested(record);
        self.schema.recorded.errors.extend(recorded.errors);
        if let Some(Operation::When { otherwise, .. }) = self.schema.recorded.operations.last_mut() {
            *otherwise = recorded.operations;
        }
    }
}

macro_rules! pairs {
    ($($has:ident / $missing:ident($($argument:ident),*) => $question:expr, $what:literal;)*) => {
        impl Schema {
            $(
                #[doc = concat!("Runs what is recorded when ", $what, ".")]
                pub fn $has(&mut self, $($argument: &str,)* record: impl FnOnce(&mut Schema)) -> Otherwise<'_> {
                    let recorded = self.nested(record);
                    self.when($question, true, recorded)
                }

                #[doc = concat!("Runs what is recorded unless ", $what, ".")]
                pub fn $missing(&mut self, $($argument: &str,)* record: impl FnOnce(&mut Schema)) -> Otherwise<'_> {
                    let recorded = self.nested(record);
                    self.when($question, false, recorded)
                }
            )*
        }
    };
}

pairs! {
    when_has_table / when_missing_table(table) =>
        Question::Table(TableName::parse(table)), "the table exists";
    when_has_view / when_missing_view(view) =>
        Question::View(TableName::parse(view)), "the view exists";
    when_has_column / when_missing_column(table, column) =>
        Question::Column(TableName::parse(table), column.to_owned()), "the table exists and has the column";
    when_has_index / when_missing_index(table, index) =>
        Question::Index(TableName::parse(table), index.to_owned()), "the table exists and has an index of this name";
    when_has_foreign_key / when_missing_foreign_key(table, key) =>
        Question::ForeignKey(TableName::parse(table), key.to_owned()),
        "the table exists and has a foreign key of this name";
}

impl Schema {
    /// Runs what is recorded on one database family only: `"sqlite"`, `"postgres"`, `"mysql"` (MariaDB too). Known
    /// without a connection, so offline SQL and a reverse are exact.
    pub fn when_database(&mut self, family: &str, record: impl FnOnce(&mut Schema)) -> Otherwise<'_> {
        if !crate::dialect::families().contains(&family) {
            self.recorded.errors.push(DslError::UnknownFamily { database: family.to_owned() });
        }
        let recorded = self.nested(record);
        self.when(Question::Family(family.to_owned()), true, recorded)
    }

    fn when(&mut self, question: Question, expected: bool, recorded: super::Recorded) -> Otherwise<'_> {
        self.recorded.errors.extend(recorded.errors);
        self.recorded.operations.push(Operation::When {
            condition: Condition { question, expected },
            then: recorded.operations,
            otherwise: Vec::new(),
        });
        Otherwise { schema: self }
    }
}
