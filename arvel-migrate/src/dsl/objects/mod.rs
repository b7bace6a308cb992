//! What a migration asks for besides tables: one file for each sort.
//!
//! Texts (the query of a view, the body of a function) are written in the words of one database. A migration for several
//! says each in its own, with `schema.when_database(…)`.

mod partition;
mod routine;
mod sequence;
mod space;
mod types;
mod view;

pub use partition::{Detached, Partitioning};
pub use types::EnumValue;
pub use view::Refresh;

use super::Schema;
use crate::operation::{Object, ObjectId, Operation, TableName};

impl Schema {
    fn push_object(&mut self, object: Object) -> &mut Object {
        match self.push(Operation::Create(object)) {
            Operation::Create(object) => object,
            _ => unreachable!("pushed on the line above"),
        }
    }

    fn push_drop_object(&mut self, object: ObjectId, if_exists: bool) {
        self.operation(Operation::Drop { object, if_exists });
    }

    fn push_rename(&mut self, object: ObjectId, to: &str) {
        self.operation(Operation::Rename { object, to: TableName::parse(to) });
    }

    fn push(&mut self, operation: Operation) -> &mut Operation {
        let at = self.recorded.operations.len();
        self.recorded.operations.push(operation);
        &mut self.recorded.operations[at]
    }
}
