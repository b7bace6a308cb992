//! `make package` as a function from words to the files of a new crate: a package that bundles one migration, and proves it.
//!
//! What it makes compiles, passes its own tests and is formatted. It refuses names that cargo, a file system or a bundle would
//! not take, fields that point at tables which the package does not make, and a folder that holds anything.

mod error;
mod model;
mod name;
mod texts;

use std::path::Path;

pub use error::NewPackageError;

use self::{model::Model, name::check_name};
use super::{
    Field, FieldKind, FileHeader, MigrationKind,
    new_folder::{NewFile, write_folder},
    render::rust,
};

/// What a person asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageRequest {
    /// The crate, `acme-billing`.
    pub name: String,
    /// The table, `invoices`; by itself that of the model, or of the crate's name.
    pub table: Option<String>,
    /// The struct that reads its rows, `Invoice`; by itself that of the table.
    pub model: Option<String>,
    /// Fields in the shorthand of [`Field`]; a name when there are none.
    pub fields: Vec<String>,
    /// Where `arvel-migrate` comes from, as TOML: the right side of its line in `Cargo.toml`. By itself, this version.
    pub dependency: Option<String>,
}

/// The files of a new package, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPackage {
    /// The crate.
    pub name: String,
    /// The table.
    pub table: String,
    /// The struct that reads its rows.
    pub model: String,
    /// The stub's name.
    pub stub: String,
    files: Vec<NewFile>,
}

impl NewPackage {
    /// Makes the files of a package. Nothing is written.
    ///
    /// # Errors
    /// [`NewPackageError`] with the reason, and what would do.
    pub fn make(request: &PackageRequest) -> Result<Self, NewPackageError> {
        let name = check_name(&request.name)?;
        let table = match (&request.table, &request.model) {
            (Some(table), _) => table.clone(),
            (None, Some(model)) => name::table_of_model(model),
            (None, None) => name::plural(&name.replace('-', "_")),
        };
        name::check_table(&table)?;
        let model = request.model.clone().unwrap_or_else(|| name::model_of_table(&table));
        name::check_model(&model)?;
        let fields = match request.fields.is_empty() {
            true => vec!["name:string".to_owned()],
            false => request.fields.clone(),
        };
        let fields = Field::parse_all(&fields)?;
        for (field, text) in fields.iter().zip(&request.fields) {
            if let FieldKind::Reference { table: other, .. } = &field.kind
                && *other != table
            {
                let (field, table) = (text.clone(), other.clone());
                return Err(NewPackageError::Reference { field, table });
            }
        }
        let stub = format!("create_{table}_table");
        let kind = MigrationKind::Create { table: table.clone() };
        let rows = Model::of(&model, &table, &fields);
        let words = texts::Words { name: &name, table: &table, model: &model, stub: &stub };
        let files = [
            ("Cargo.toml", words.manifest(request.dependency.as_deref())),
            ("README.md", words.readme()),
            ("src/lib.rs", words.library()),
            ("src/models.rs", rows.text()),
            (&*format!("src/stubs/{stub}.rs"), rust(&kind, &fields, &FileHeader::default())),
            ("tests/stubs.rs", words.tests()),
        ];
        let files = files.into_iter().map(|(path, text)| NewFile { path: path.to_owned(), text }).collect();
        Ok(Self { name, table, model, stub, files })
    }

    /// The identity of its migration: `package/stub`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("{}/{}", self.name, self.stub)
    }

    /// Each file's path in the folder, with `/` between, and its text.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|file| (file.path.as_str(), file.text.as_str()))
    }

    /// Writes the folder: all of it or nothing.
    ///
    /// # Errors
    /// [`NewPackageError::Occupied`] when something is there; [`NewPackageError::Write`] when the system refuses.
    pub fn write(&self, folder: &Path) -> Result<(), NewPackageError> {
        write_folder(folder, &self.files)
    }

    /// Whether [`write`](Self::write) would refuse the folder. Nothing is written.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub fn check(&self, folder: &Path) -> Result<(), NewPackageError> {
        super::new_folder::check_folder(folder)
    }
}

#[cfg(test)]
mod tests;
