//! What to look at in a database: an inspection of everything is dear where there is much, and most questions are about
//! one or two tables.

use std::collections::BTreeSet;

use crate::operation::{ObjectId, TableName};

/// Tables and other objects by name. Whether they are there is for the inspection to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Tables.
    pub tables: BTreeSet<TableName>,
    /// What there is besides tables.
    pub objects: BTreeSet<ObjectId>,
}

impl Wanted {
    /// Nothing.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }

    /// One table.
    #[must_use]
    pub fn table(name: TableName) -> Self {
        Self { tables: BTreeSet::from([name]), ..Self::default() }
    }

    /// One object.
    #[must_use]
    pub fn object(id: ObjectId) -> Self {
        Self { objects: BTreeSet::from([id]), ..Self::default() }
    }

    /// Whether there is nothing to look at.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.objects.is_empty()
    }

    /// These things too.
    pub fn extend(&mut self, other: Self) {
        self.tables.extend(other.tables);
        self.objects.extend(other.objects);
    }
}

impl FromIterator<Wanted> for Wanted {
    fn from_iter<T: IntoIterator<Item = Wanted>>(iter: T) -> Self {
        iter.into_iter().fold(Self::default(), |mut all, one| {
            all.extend(one);
            all
        })
    }
}
