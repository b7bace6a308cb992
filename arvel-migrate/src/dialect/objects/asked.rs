//! Which objects an inspection is asked for. They are numbered, and a row of the catalog says the number of the one that
//! it is about: so an object answers to the name by which it was asked for, whatever the catalog calls it.

use crate::{
    dialect::Row,
    operation::{ObjectId, ObjectKind, TableName},
    schema::Wanted,
};

/// The objects of some kinds that are asked for, or all of them.
pub(crate) struct Asked<'a>(Option<Vec<&'a ObjectId>>);

impl<'a> Asked<'a> {
    /// `None` when nothing of these kinds is asked for.
    pub fn of(wanted: Option<&'a Wanted>, kinds: &[ObjectKind]) -> Option<Self> {
        let Some(wanted) = wanted else { return Some(Self(None)) };
        let ids: Vec<&ObjectId> = wanted.objects.iter().filter(|id| kinds.contains(&id.kind)).collect();
        (!ids.is_empty()).then_some(Self(Some(ids)))
    }

    /// The numbered objects; `None` when everything is asked for.
    pub fn numbered(&self) -> Option<impl Iterator<Item = (usize, &'a ObjectId)>> {
        self.0.as_ref().map(|ids| ids.iter().copied().enumerate())
    }

    /// The objects that are asked for; `None` when everything is.
    pub fn ids(&self) -> Option<&[&'a ObjectId]> {
        self.0.as_deref()
    }

    /// The names under which an object answers: its own in an inspection of everything, else each by which `is` knows it.
    pub fn names(&self, kind: ObjectKind, own: &str, is: impl Fn(&ObjectId) -> bool) -> Vec<TableName> {
        match &self.0 {
            None => vec![TableName { schema: None, name: own.to_owned() }],
            Some(ids) => {
                ids.iter().filter(|id| id.kind == kind && is(id)).map(|id| id.name.clone()).collect()
            }
        }
    }

    /// The object that a row is about, by its column `asked`.
    pub fn id(&self, row: &Row) -> Option<&'a ObjectId> {
        let number = usize::try_from(row.integer("asked")?).ok()?;
        self.0.as_ref()?.get(number).copied()
    }

    /// The name under which a row's object answers, if it is of the kind that was asked for. In an inspection of
    /// everything that is its own name.
    pub fn name(&self, row: &Row, kind: ObjectKind, own: &str) -> Option<TableName> {
        match (&self.0, self.id(row)) {
            (None, _) => Some(TableName { schema: None, name: own.to_owned() }),
            (Some(_), Some(id)) if id.kind == kind => Some(id.name.clone()),
            _ => None,
        }
    }
}
