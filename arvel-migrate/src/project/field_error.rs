//! What a person can get wrong in a field, with the nearest name.

use super::field_types::{Modifier, TYPES};

/// A field that can not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FieldError {
    /// A name that no column should have.
    #[error(
        "field `{field}`: {name:?} is no column name; letters, digits and `_` are allowed, 63 at most, a letter first"
    )]
    Name {
        /// The field as written.
        field: String,
        /// The name.
        name: String,
    },
    /// A type that there is not.
    #[error("field `{field}`: there is no type `{name}`")]
    UnknownType {
        /// The field as written.
        field: String,
        /// The type as written.
        name: String,
        /// The nearest one.
        nearest: Option<&'static str>,
    },
    /// A modifier that there is not.
    #[error("field `{field}`: there is no modifier `{name}`")]
    UnknownModifier {
        /// The field as written.
        field: String,
        /// The modifier as written.
        name: String,
        /// The nearest one.
        nearest: Option<&'static str>,
    },
    /// Arguments that the type does not take.
    #[error("field `{field}`: {expected}")]
    Arguments {
        /// The field as written.
        field: String,
        /// What the type takes.
        expected: String,
    },
    /// A modifier that this column can not have.
    #[error("field `{field}`: `{modifier}` does not go with it, {reason}")]
    Unsuited {
        /// The field as written.
        field: String,
        /// The modifier.
        modifier: String,
        /// Why not.
        reason: &'static str,
    },
    /// Brackets or quotes that do not close.
    #[error("field `{field}`: a bracket or a quote is not closed")]
    Unclosed {
        /// The field as written.
        field: String,
    },
    /// One column twice.
    #[error("field `{field}`: the column `{column}` is there already")]
    Twice {
        /// The field as written.
        field: String,
        /// The column.
        column: String,
    },
}

impl FieldError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        let near = |nearest: &Option<&str>, all: String| match nearest {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {all}"),
        };
        match self {
            FieldError::UnknownType { nearest, .. } => {
                near(nearest, TYPES.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", "))
            }
            FieldError::UnknownModifier { nearest, .. } => near(nearest, Modifier::names().join(", ")),
            FieldError::Twice { .. } => "write each column once".to_owned(),
            FieldError::Unclosed { .. } => {
                "quote the field for the shell: `'price:decimal(10,2)'`".to_owned()
            }
            FieldError::Name { .. } | FieldError::Arguments { .. } | FieldError::Unsuited { .. } => {
                "a field is `name:type:modifier`, such as `title:string:unique` or `price:decimal:10,2:null`"
                    .to_owned()
            }
        }
    }
}
