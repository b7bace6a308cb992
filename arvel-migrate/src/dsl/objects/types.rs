//! Enum types.

use crate::{
    dsl::Schema,
    operation::{EnumChange, EnumDef, EnumPlace, Object, ObjectId, ObjectKind, Operation},
};

impl Schema {
    /// Creates an enum type: `schema.create_enum("mood", &["happy", "sad"])`. A column takes it with
    /// `table.enumeration("mood", &["happy", "sad"]).of_type("mood")`. Where there are no such types there is nothing
    /// to do, since there each column holds the values.
    pub fn create_enum(&mut self, name: &str, values: &[&str]) {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        self.push_object(Object::Enum(EnumDef { name: name.into(), values }));
    }

    /// Removes an enum type.
    pub fn drop_enum(&mut self, name: &str) {
        self.push_drop_object(ObjectId::new(ObjectKind::Enum, name), false);
    }

    /// Removes an enum type if it is there.
    pub fn drop_enum_if_exists(&mut self, name: &str) {
        self.push_drop_object(ObjectId::new(ObjectKind::Enum, name), true);
    }

    /// Gives an enum type another name.
    pub fn rename_enum(&mut self, from: &str, to: &str) {
        self.push_rename(ObjectId::new(ObjectKind::Enum, from), to);
    }

    /// Adds a value to an enum type, behind the others unless a place is said. There is no way back: an enum type can
    /// not lose a value. The value can not be used before the migration is committed.
    pub fn add_enum_value(&mut self, name: &str, value: &str) -> EnumValue<'_> {
        let change = EnumChange::AddValue { value: value.to_owned(), place: None };
        match self.push(Operation::AlterEnum { name: name.into(), change }) {
            Operation::AlterEnum { change: EnumChange::AddValue { place, .. }, .. } => EnumValue { place },
            _ => unreachable!("pushed on the line above"),
        }
    }

    /// Gives a value of an enum type another spelling, in all rows.
    pub fn rename_enum_value(&mut self, name: &str, from: &str, to: &str) {
        let change = EnumChange::RenameValue { from: from.to_owned(), to: to.to_owned() };
        self.operation(Operation::AlterEnum { name: name.into(), change });
    }
}

/// Where a new value of an enum type stands.
pub struct EnumValue<'s> {
    place: &'s mut Option<EnumPlace>,
}

impl EnumValue<'_> {
    /// Before this value.
    pub fn before(self, value: &str) {
        *self.place = Some(EnumPlace::Before(value.to_owned()));
    }

    /// Behind this value.
    pub fn after(self, value: &str) {
        *self.place = Some(EnumPlace::After(value.to_owned()));
    }
}
