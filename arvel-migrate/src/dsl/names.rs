//! Names by convention: `{table}_{columns}_{kind}`, cut to 63 bytes with a stable hash.
//!
//! 63 bytes is PostgreSQL's limit, the smallest of the three, so one name serves everywhere and a drop by columns
//! finds what a create by columns made.

use sha2::{Digest, Sha256};

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
    fn names(&self) -> Vec<String>;
}

impl ColumnNames for &str {
    fn names(&self) -> Vec<String> {
        vec![(*self).to_owned()]
    }
}
impl ColumnNames for String {
    fn names(&self) -> Vec<String> {
        vec![self.clone()]
    }
}
impl<const N: usize> ColumnNames for [&str; N] {
    fn names(&self) -> Vec<String> {
        self.iter().map(|name| (*name).to_owned()).collect()
    }
}
impl ColumnNames for &[&str] {
    fn names(&self) -> Vec<String> {
        self.iter().map(|name| (*name).to_owned()).collect()
    }
}
impl ColumnNames for Vec<String> {
    fn names(&self) -> Vec<String> {
        self.clone()
    }
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
