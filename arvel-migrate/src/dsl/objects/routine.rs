//! Functions, procedures and triggers, as text.

use crate::{
    dsl::Schema,
    operation::{Object, ObjectId, ObjectKind, RoutineDef, TableName, TriggerDef},
};

impl Schema {
    /// Creates a function. `sql` is the whole `CREATE FUNCTION`, `arguments` the types of its arguments as a drop needs
    /// them (`"integer, text"`); databases that know a function by its name alone take no notice of them.
    pub fn create_function(&mut self, name: &str, arguments: &str, sql: &str) {
        self.push_routine(name, arguments, sql, false);
    }

    /// Creates a procedure, like [`create_function`](Self::create_function).
    pub fn create_procedure(&mut self, name: &str, arguments: &str, sql: &str) {
        self.push_routine(name, arguments, sql, true);
    }

    /// Removes the function with arguments of these types.
    pub fn drop_function(&mut self, name: &str, arguments: &str) {
        self.push_drop_object(routine(ObjectKind::Function, name, arguments), false);
    }

    /// Removes the function with arguments of these types if it is there.
    pub fn drop_function_if_exists(&mut self, name: &str, arguments: &str) {
        self.push_drop_object(routine(ObjectKind::Function, name, arguments), true);
    }

    /// Removes the procedure with arguments of these types.
    pub fn drop_procedure(&mut self, name: &str, arguments: &str) {
        self.push_drop_object(routine(ObjectKind::Procedure, name, arguments), false);
    }

    /// Removes the procedure with arguments of these types if it is there.
    pub fn drop_procedure_if_exists(&mut self, name: &str, arguments: &str) {
        self.push_drop_object(routine(ObjectKind::Procedure, name, arguments), true);
    }

    /// Creates a trigger. `sql` is the whole `CREATE TRIGGER`.
    pub fn create_trigger(&mut self, name: &str, table: &str, sql: &str) {
        let trigger = TriggerDef { name: name.to_owned(), table: table.into(), sql: sql.to_owned() };
        self.push_object(Object::Trigger(trigger));
    }

    /// Removes a trigger.
    pub fn drop_trigger(&mut self, name: &str, table: &str) {
        self.push_drop_object(trigger(name, table), false);
    }

    /// Removes a trigger if it is there.
    pub fn drop_trigger_if_exists(&mut self, name: &str, table: &str) {
        self.push_drop_object(trigger(name, table), true);
    }

    fn push_routine(&mut self, name: &str, arguments: &str, sql: &str, procedure: bool) {
        let arguments = arguments.trim().to_owned();
        let routine = RoutineDef { name: name.into(), arguments, procedure, sql: sql.to_owned() };
        self.push_object(Object::Routine(routine));
    }
}

fn routine(kind: ObjectKind, name: &str, arguments: &str) -> ObjectId {
    ObjectId { arguments: Some(arguments.trim().to_owned()), ..ObjectId::new(kind, name) }
}

fn trigger(name: &str, table: &str) -> ObjectId {
    let name = TableName { schema: None, name: name.to_owned() };
    ObjectId { table: Some(table.into()), ..ObjectId::new(ObjectKind::Trigger, name) }
}
