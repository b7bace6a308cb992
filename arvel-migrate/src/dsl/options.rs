//! What a table is beyond its columns and keys.

use super::Blueprint;
use crate::operation::{TableChange, TableOptions};

impl Blueprint {
    /// The table's comment. An empty text takes it away.
    pub fn comment(&mut self, text: &str) {
        let text = Some(text.to_owned()).filter(|text| !text.is_empty());
        self.push(TableChange::Comment(text));
    }

    /// The storage engine: `table.engine("InnoDB")`.
    pub fn engine(&mut self, name: &str) {
        self.options().engine = Some(name.to_owned());
    }

    /// The character set of the texts in columns that do not say theirs.
    pub fn charset(&mut self, name: &str) {
        self.options().charset = Some(name.to_owned());
    }

    /// The collation of the texts in columns that do not say theirs.
    pub fn collation(&mut self, name: &str) {
        self.options().collation = Some(name.to_owned());
    }

    /// A table that goes with the connection.
    pub fn temporary(&mut self) {
        self.options().temporary = true;
    }

    /// A table that is not written to the log: faster, and empty after a crash.
    pub fn unlogged(&mut self) {
        self.options().unlogged = Some(true);
    }

    /// On a change: a table that is written to the log again.
    pub fn logged(&mut self) {
        self.options().unlogged = Some(false);
    }

    /// Values must be of their column's type.
    pub fn strict(&mut self) {
        self.options().strict = Some(true);
    }

    /// Rows are kept by the primary key alone.
    pub fn without_rowid(&mut self) {
        self.options().without_rowid = Some(true);
    }

    /// Any other option: `table.option("fillfactor", "70")`. The last word on a name counts, and `default` is what the
    /// database takes by itself.
    pub fn option(&mut self, name: &str, value: &str) {
        set(&mut self.options().parameters, name, value);
    }

    fn options(&mut self) -> &mut TableOptions {
        let there = self.changes.iter().position(|change| matches!(change, TableChange::Options(_)));
        let at = there.unwrap_or_else(|| {
            self.push(TableChange::Options(TableOptions::default()));
            self.changes.len() - 1
        });
        match &mut self.changes[at] {
            TableChange::Options(options) => options,
            _ => unreachable!("found or pushed above"),
        }
    }
}

/// Sets a named value; the last word counts.
pub(super) fn set(parameters: &mut Vec<(String, String)>, name: &str, value: &str) {
    match parameters.iter_mut().find(|(key, _)| key == name) {
        Some((_, old)) => value.clone_into(old),
        None => parameters.push((name.to_owned(), value.to_owned())),
    }
}
