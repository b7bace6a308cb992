//! Names by convention: `{table}_{columns}_{kind}`, cut to 63 bytes with a stable hash.
//!
//! 63 bytes is PostgreSQL's limit, the smallest of the three, so one name serves everywhere and a drop by columns
//! finds what a create by columns made.

use sha2::{Digest, Sha256};

use crate::operation::IndexColumn;

/// The longest identifier that every engine takes, in bytes.
const LONGEST: usize = 63;

/// The conventional name of an index or key.
///
/// ```
/// use arvel_migrate::dsl::conventional_name;
/// assert_eq!(conventional_name("posts", &["author_id", "created_at"], "index"), "posts_author_id_created_at_index");
/// ```
#[must_use]
pub fn conventional_name<S: AsRef<str>>(table: &str, columns: &[S], kind: &str) -> String {
    let columns: Vec<&str> = columns.iter().map(AsRef::as_ref).collect();
    let full = format!("{table}_{}_{kind}", columns.join("_")).to_lowercase().replace(['-', '.', ' '], "_");
    if full.len() <= LONGEST {
        return full;
    }
    let hash: String =
        Sha256::digest(full.as_bytes()).iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    let room = LONGEST - hash.len() - kind.len() - 2;
    let mut cut = room;
    while !full.is_char_boundary(cut) {
        cut -= 1;
    }
    format!("{}_{hash}_{kind}", full[..cut].trim_end_matches('_'))
}

/// One column name or several: `"a"`, `["a", "b"]`, a slice or a vector.
pub trait ColumnNames {
    /// The names in order.
    fn names(self) -> Vec<String>;
}

/// What an index is over: `"a"`, `["a", "b"]`, or parts with more to say: `[column("a"), desc("b")]`,
/// `expression("lower(title)")`, `prefix("body", 20)`.
pub trait IndexColumns {
    /// The parts in order.
    fn parts(self) -> Vec<IndexColumn>;
}

/// Which index or key a drop means: what it was made over, or [`named("…")`](named).
pub trait Dropped {
    /// The answer.
    fn which(self) -> Which;
}

/// What an index or key to drop is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// What it was made over: it has the conventional name.
    Over(Vec<IndexColumn>),
    /// A name of its own.
    Named(String),
}

/// An index or key by its name, made by [`named`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named(String);

/// An index or key that has a name of its own: `table.drop_index(named("posts_search"))`.
#[must_use]
pub fn named(name: &str) -> Named {
    Named(name.to_owned())
}

impl Dropped for Named {
    fn which(self) -> Which {
        Which::Named(self.0)
    }
}
impl<T: IndexColumns> Dropped for T {
    fn which(self) -> Which {
        Which::Over(self.parts())
    }
}

macro_rules! names {
    ($([$($generics:tt)*] $type:ty: $self:ident => $slice:expr;)*) => {$(
        impl<$($generics)*> ColumnNames for $type {
            fn names($self) -> Vec<String> {
                owned($slice)
            }
        }
        impl<$($generics)*> IndexColumns for $type {
            fn parts($self) -> Vec<IndexColumn> {
                columns($slice)
            }
        }
    )*};
}

names! {
    [] &str: self => &[self];
    [] String: self => &[self.as_str()];
    [const N: usize] [&str; N]: self => &self;
    [] &[&str]: self => self;
}

impl ColumnNames for Vec<String> {
    fn names(self) -> Vec<String> {
        self
    }
}
impl IndexColumns for Vec<String> {
    fn parts(self) -> Vec<IndexColumn> {
        self.into_iter().map(IndexColumn::column).collect()
    }
}
impl IndexColumns for IndexColumn {
    fn parts(self) -> Vec<IndexColumn> {
        vec![self]
    }
}
impl<const N: usize> IndexColumns for [IndexColumn; N] {
    fn parts(self) -> Vec<IndexColumn> {
        self.into()
    }
}
impl IndexColumns for Vec<IndexColumn> {
    fn parts(self) -> Vec<IndexColumn> {
        self
    }
}

// Not generic and not inlined: what a migration compiles of these is a call.
#[inline(never)]
fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
#[inline(never)]
fn columns(names: &[&str]) -> Vec<IndexColumn> {
    names.iter().map(|name| IndexColumn::column(*name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_stably_and_stay_apart() {
        let table = "a_rather_long_table_name_for_a_join";
        let one = conventional_name(table, &["first_long_column", "second_long_column"], "unique");
        let two = conventional_name(table, &["first_long_column", "second_long_column_b"], "unique");
        assert!(one.len() <= 63 && two.len() <= 63);
        assert_ne!(one, two);
        assert!(one.ends_with("_unique"));
        assert_eq!(one, conventional_name(table, &["first_long_column", "second_long_column"], "unique"));
    }

    #[test]
    fn a_cut_never_splits_a_letter() {
        let name = conventional_name(&"ä".repeat(40), &["ö"], "index");
        assert!(name.len() <= 63);
    }
}
