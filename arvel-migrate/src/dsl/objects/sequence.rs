//! Sequences.

use crate::{
    dsl::Schema,
    operation::{Object, ObjectId, ObjectKind, SequenceDef},
};

impl Schema {
    /// Creates a sequence: `schema.create_sequence("invoice_numbers", |sequence| { sequence.start(1000); })`.
    pub fn create_sequence(&mut self, name: &str, build: impl FnOnce(&mut SequenceDef)) {
        let mut sequence = SequenceDef { name: name.into(), ..SequenceDef::default() };
        build(&mut sequence);
        self.push_object(Object::Sequence(sequence));
    }

    /// Removes a sequence. How far it had counted goes with it.
    pub fn drop_sequence(&mut self, name: &str) {
        self.push_drop_object(ObjectId::new(ObjectKind::Sequence, name), false);
    }

    /// Removes a sequence if it is there.
    pub fn drop_sequence_if_exists(&mut self, name: &str) {
        self.push_drop_object(ObjectId::new(ObjectKind::Sequence, name), true);
    }

    /// Gives a sequence another name.
    pub fn rename_sequence(&mut self, from: &str, to: &str) {
        self.push_rename(ObjectId::new(ObjectKind::Sequence, from), to);
    }
}

impl SequenceDef {
    /// The first value.
    pub fn start(&mut self, value: i64) -> &mut Self {
        self.start = Some(value);
        self
    }

    /// The step; below 0 it counts down.
    pub fn increment(&mut self, by: i64) -> &mut Self {
        self.increment = Some(by);
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

    /// How many values a connection takes at once. Those that it does not use are lost.
    pub fn cache(&mut self, values: i64) -> &mut Self {
        self.cache = Some(values);
        self
    }

    /// Begins again behind the last value, instead of failing.
    pub fn cycle(&mut self) -> &mut Self {
        self.cycle = true;
        self
    }

    /// The type of its values: `smallint`, `integer`.
    pub fn of_type(&mut self, name: &str) -> &mut Self {
        self.data_type = Some(name.to_owned());
        self
    }

    /// The sequence goes with this column.
    pub fn owned_by(&mut self, table: &str, column: &str) -> &mut Self {
        self.owned_by = Some((table.into(), column.to_owned()));
        self
    }
}
