//! Primary keys, checks and exclusions.

use super::{Blueprint, ColumnNames};
use crate::operation::{CheckDef, Deferrable, ExclusionDef, IndexColumn, PrimaryKeyDef, TableChange};

impl Blueprint {
    /// A primary key over columns: `table.primary(["post_id", "tag_id"])`.
    pub fn primary(&mut self, columns: impl ColumnNames) -> &mut PrimaryKeyDef {
        self.add_primary(columns.names())
    }

    #[inline(never)]
    fn add_primary(&mut self, columns: Vec<String>) -> &mut PrimaryKeyDef {
        let name = self.name(&columns, "primary");
        match self.push(TableChange::AddPrimaryKey(PrimaryKeyDef { name, columns })) {
            TableChange::AddPrimaryKey(key) => key,
            _ => unreachable!("pushed on the line above"),
        }
    }

    /// A check with a name and an expression as written: `table.check("price_is_positive", "price > 0")`.
    pub fn check(&mut self, name: &str, expression: &str) -> &mut CheckDef {
        let check =
            CheckDef { name: name.to_owned(), expression: expression.to_owned(), ..CheckDef::default() };
        match self.push(TableChange::AddCheck(check)) {
            TableChange::AddCheck(check) => check,
            _ => unreachable!("pushed on the line above"),
        }
    }

    /// Rows of which no two may collide, each column or expression with the operator by which two values do:
    /// `table.exclude(&[("room", "="), ("during", "&&")])`.
    pub fn exclude(&mut self, elements: &[(&str, &str)]) -> &mut ExclusionDef {
        let elements: Vec<(String, String)> =
            elements.iter().map(|(what, by)| ((*what).to_owned(), (*by).to_owned())).collect();
        let parts: Vec<IndexColumn> =
            elements.iter().map(|(what, _)| IndexColumn::expression(what)).collect();
        let name = self.name_over(&parts, "excl");
        match self.push(TableChange::AddExclusion(ExclusionDef { name, elements, ..ExclusionDef::default() }))
        {
            TableChange::AddExclusion(exclusion) => exclusion,
            _ => unreachable!("pushed on the line above"),
        }
    }

    /// Holds a constraint that was added `not_valid()` against the rows that are there.
    pub fn validate_constraint(&mut self, name: &str) {
        self.push(TableChange::ValidateConstraint { name: name.to_owned() });
    }
}

impl PrimaryKeyDef {
    /// A name of its own instead of the conventional one.
    pub fn named(&mut self, name: &str) -> &mut Self {
        name.clone_into(&mut self.name);
        self
    }
}

impl ExclusionDef {
    /// A name of its own instead of the conventional one.
    pub fn named(&mut self, name: &str) -> &mut Self {
        name.clone_into(&mut self.name);
        self
    }

    /// The access method: `gist` unless said otherwise.
    pub fn method(&mut self, name: &str) -> &mut Self {
        self.method = Some(name.to_owned());
        self
    }

    /// Only the rows for which this holds.
    pub fn where_(&mut self, predicate: &str) -> &mut Self {
        self.predicate = Some(predicate.to_owned());
        self
    }

    /// A transaction may ask for the check at its end.
    pub fn deferrable(&mut self) -> &mut Self {
        self.deferrable = Some(Deferrable::Immediate);
        self
    }

    /// It is checked at the end of the transaction.
    pub fn initially_deferred(&mut self) -> &mut Self {
        self.deferrable = Some(Deferrable::Deferred);
        self
    }
}
