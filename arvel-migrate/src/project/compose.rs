//! Which template makes a new migration, and with which values.

use std::collections::BTreeMap;

use super::{
    Field, FileHeader, MakeError, MakeRequest, MigrationKind, Stamp, TEMPLATES, TemplateError, Templates,
    render::{bodies, declaration, examples, header_lines, rust, sql},
};
use crate::publish::FileKind;

/// A new migration, before it has a text.
pub(super) struct New {
    pub(super) slug: String,
    pub(super) stem: String,
    pub(super) stamp: Stamp,
    pub(super) kind: MigrationKind,
    pub(super) fields: Vec<Field>,
    pub(super) header: FileHeader,
}

impl New {
    /// Its text, by the template that was asked for, else by that of its kind; the project's own counts.
    pub(super) fn text(
        &self,
        request: &MakeRequest,
        templates: &Templates,
    ) -> Result<(FileKind, String), MakeError> {
        let (rust_or_sql, name) = match (&request.template, request.sql) {
            (Some(name), _) => (None, name.as_str()),
            (None, true) => (Some(FileKind::Sql), "sql"),
            (None, false) => (Some(FileKind::Rust), self.kind.template()),
        };
        let wanted = match (rust_or_sql, request.sql) {
            (Some(kind), _) => vec![kind],
            (None, true) => vec![FileKind::Sql],
            (None, false) => vec![FileKind::Rust, FileKind::Sql],
        };
        if let Some(own) = wanted.iter().find_map(|kind| templates.find(name, *kind)) {
            if own.kind == FileKind::Sql && !self.fields.is_empty() {
                return Err(MakeError::FieldsInSql);
            }
            return Ok((own.kind, templates.migration(own, self.values(own.kind), &self.header)?));
        }
        if request.template.is_some() {
            self.check_built_in(name, request, templates)?;
        }
        Ok(match request.sql || name == "sql" {
            true => (FileKind::Sql, sql(&self.kind, &self.header)),
            false => (FileKind::Rust, rust(&self.kind, &self.fields, &self.header)),
        })
    }

    /// A built-in template by its name: that of the kind, or one that anything can be.
    fn check_built_in(
        &self,
        name: &str,
        request: &MakeRequest,
        templates: &Templates,
    ) -> Result<(), TemplateError> {
        let built_in = TEMPLATES.iter().map(|of| of.name).filter(|known| *known != "seeder");
        let mut known: Vec<String> = built_in.map(str::to_owned).collect();
        if !known.iter().any(|known| known == name) {
            known.extend(templates.own.iter().map(|own| own.name.clone()));
            known.sort();
            known.dedup();
            return Err(TemplateError::Unknown { name: name.to_owned(), known });
        }
        let fits = match name {
            "sql" => self.fields.is_empty(),
            name => name == self.kind.template() && !request.sql,
        };
        if fits { Ok(()) } else { Err(TemplateError::Unfit { name: name.to_owned() }) }
    }

    fn values(&self, kind: FileKind) -> BTreeMap<String, String> {
        let revision = self.header.revision.as_ref().unwrap_or(&self.stem);
        let mut values = BTreeMap::from([
            ("name", self.slug.clone()),
            ("stem", self.stem.clone()),
            ("stamp", self.stamp.to_string()),
            ("revision", revision.clone()),
            ("description", self.header.description.clone().unwrap_or_default()),
        ]);
        if let Some(table) = self.kind.table() {
            values.insert("table", table.to_owned());
        }
        match kind {
            FileKind::Rust => {
                let (up, down) = bodies(&self.kind, &self.fields);
                values.insert("up", up.join("\n"));
                values.insert("down", down.join("\n"));
                values.insert("declaration", declaration(&self.header));
            }
            FileKind::Sql => {
                let merge = self.kind == MigrationKind::Merge;
                let (up, down) = match merge {
                    true => ("-- nothing: it joins its parents".to_owned(), "-- nothing".to_owned()),
                    false => {
                        let (up, down) = examples(&self.kind);
                        (
                            format!("-- the way forward, such as: {up}"),
                            format!("-- the way back, such as: {down}"),
                        )
                    }
                };
                let mode = if merge || self.header.transaction { "" } else { " transaction:false" };
                values.insert("up", up);
                values.insert("down", down);
                values.insert("mode", mode.to_owned());
                values.insert("header", header_lines(&self.header).join("\n"));
            }
        }
        values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }
}
