//! Extensions of the server, and schemas: spaces for names.

use crate::{
    dsl::Schema,
    operation::{ExtensionDef, NamespaceDef, Object, ObjectId, ObjectKind, TableName},
};

impl Schema {
    /// Installs an extension of the server.
    pub fn create_extension(&mut self, name: &str) -> &mut ExtensionDef {
        self.push_extension(name, false)
    }

    /// Installs an extension of the server unless it is installed. There is no way back: it may have been there before.
    pub fn create_extension_if_not_exists(&mut self, name: &str) -> &mut ExtensionDef {
        self.push_extension(name, true)
    }

    /// Removes an extension of the server.
    pub fn drop_extension(&mut self, name: &str) {
        self.push_drop_object(bare(ObjectKind::Extension, name), false);
    }

    /// Removes an extension of the server if it is installed.
    pub fn drop_extension_if_exists(&mut self, name: &str) {
        self.push_drop_object(bare(ObjectKind::Extension, name), true);
    }

    /// Creates a schema: a space for names.
    pub fn create_schema(&mut self, name: &str) {
        self.push_namespace(name, false);
    }

    /// Creates a schema unless there is one. There is no way back: it may have been there before.
    pub fn create_schema_if_not_exists(&mut self, name: &str) {
        self.push_namespace(name, true);
    }

    /// Removes an empty schema.
    pub fn drop_schema(&mut self, name: &str) {
        self.push_drop_object(bare(ObjectKind::Namespace, name), false);
    }

    /// Removes an empty schema if it is there.
    pub fn drop_schema_if_exists(&mut self, name: &str) {
        self.push_drop_object(bare(ObjectKind::Namespace, name), true);
    }

    /// Gives a schema another name.
    pub fn rename_schema(&mut self, from: &str, to: &str) {
        let to = bare(ObjectKind::Namespace, to).name;
        self.operation(crate::operation::Operation::Rename { object: bare(ObjectKind::Namespace, from), to });
    }

    fn push_extension(&mut self, name: &str, if_not_exists: bool) -> &mut ExtensionDef {
        let extension = ExtensionDef { name: name.to_owned(), schema: None, if_not_exists };
        match self.push_object(Object::Extension(extension)) {
            Object::Extension(extension) => extension,
            _ => unreachable!("pushed on the line above"),
        }
    }

    fn push_namespace(&mut self, name: &str, if_not_exists: bool) {
        self.push_object(Object::Namespace(NamespaceDef { name: name.to_owned(), if_not_exists }));
    }
}

impl ExtensionDef {
    /// The schema into which its objects are put.
    pub fn schema(&mut self, name: &str) -> &mut Self {
        self.schema = Some(name.to_owned());
        self
    }
}

/// These names have no schema before them, so that a point is part of the name.
fn bare(kind: ObjectKind, name: &str) -> ObjectId {
    ObjectId::new(kind, TableName { schema: None, name: name.to_owned() })
}
