//! Why no package is made: one variant per thing that a person would do differently.

use std::path::PathBuf;

use crate::project::{FieldError, WriteError};

/// Why no package is made. Nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NewPackageError {
    /// A name that no crate, or no bundle, can have.
    #[error("`{name}` can not be the name of a package: {reason}")]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
        /// A name that would do.
        suggestion: Option<String>,
    },
    /// A table name that is none.
    #[error(
        "`{table}` can not be the name of its table; lower-case letters, digits and `_` are allowed, a letter first, 40 at most"
    )]
    Table {
        /// The name.
        table: String,
    },
    /// A name that no struct can have.
    #[error("`{model}` can not be the name of its model: {reason}")]
    Model {
        /// The name.
        model: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A field.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// A foreign key to a table of somebody else.
    #[error("field `{field}`: the table `{table}` is not made by this package")]
    Reference {
        /// The field as written.
        field: String,
        /// The table.
        table: String,
    },
    /// Something is there.
    #[error("`{}` is there, and is not empty; nothing was written", path.display())]
    Occupied {
        /// The folder.
        path: PathBuf,
    },
    /// The system refuses.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl NewPackageError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            NewPackageError::Name { suggestion: Some(name), .. } => format!("use `{name}`"),
            NewPackageError::Name { .. } => "use a name such as `acme-billing`".to_owned(),
            NewPackageError::Table { .. } => "use a name such as `invoices`".to_owned(),
            NewPackageError::Model { .. } => "give it one with `--model Invoice`".to_owned(),
            NewPackageError::Field(error) => error.hint(),
            NewPackageError::Reference { .. } => {
                "make the package without it, then write the column into the stub, and into `bundle!` which stub of another \
                 package comes first: `after [\"arvel-auth/create_users_table\"]`"
                    .to_owned()
            }
            NewPackageError::Occupied { .. } => "choose another folder with `--path DIR`".to_owned(),
            NewPackageError::Write(error) => error.hint(),
        }
    }
}
