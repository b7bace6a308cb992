//! A revision graph as a value: what is drawn, what both sides are told, and what a failure shows.

use std::fmt;

use arvel_migrate::migration::{Body, Dependency, Label, Migration, Parents, RevisionId};
use serde_json::{Value, json};

use crate::support::migration;

/// One revision.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct One {
    pub name: String,
    /// Where its file stands in the folder.
    pub stamp: usize,
    pub parents: Vec<String>,
    pub needs: Vec<String>,
    pub labels: Vec<String>,
}

/// Revisions, each behind what it follows and needs, as long as the graph is sound.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Drawing(pub Vec<One>);

impl Drawing {
    /// Reads lines of `name <- parent,parent needs other @label`, in the order of their files.
    pub(super) fn parse(text: &str) -> Self {
        let list = |word: &str| word.split(',').map(str::to_owned).collect::<Vec<_>>();
        let one = |(at, line): (usize, &str)| {
            let mut words = line.split_whitespace();
            let name = words.next().expect("a name").to_owned();
            let mut one =
                One { name, stamp: at + 1, parents: Vec::new(), needs: Vec::new(), labels: Vec::new() };
            while let Some(word) = words.next() {
                match word {
                    "<-" => one.parents = list(words.next().expect("parents")),
                    "needs" => one.needs = list(words.next().expect("dependencies")),
                    label => one.labels.push(label.strip_prefix('@').expect("a label").to_owned()),
                }
            }
            one
        };
        Self(text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate().map(one).collect())
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.0.iter().map(|one| one.name.clone()).collect()
    }

    /// What our catalog would have of it.
    pub(super) fn migrations(&self) -> Vec<Migration> {
        let id = |name: &String| RevisionId::new(name).expect("a revision");
        let one = |one: &One| Migration {
            revision: id(&one.name),
            parents: match one.parents.as_slice() {
                [] => Parents::Root,
                parents => Parents::Of(parents.iter().map(id).collect()),
            },
            depends_on: one.needs.iter().map(|name| Dependency::Revision(id(name))).collect(),
            labels: one.labels.iter().map(|label| Label::new(label).expect("a label")).collect(),
            down: Some(Body::Rust(|_| {})),
            ..migration(&format!("{}_s{}", one.stamp, one.stamp), |_| {})
        };
        self.0.iter().map(one).collect()
    }

    /// What Alembic is told.
    pub(super) fn json(&self) -> Value {
        let one = |one: &One| json!({ "id": one.name, "parents": one.parents, "needs": one.needs, "labels": one.labels });
        self.0.iter().map(one).collect()
    }

    /// The drawing without one revision: nothing names it any more.
    pub(super) fn without(&self, name: &str) -> Self {
        let mut left = self.clone();
        left.0.retain(|one| one.name != name);
        for one in &mut left.0 {
            one.parents.retain(|parent| parent != name);
            one.needs.retain(|needed| needed != name);
        }
        left
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.0 {
            write!(f, "    {}", one.name)?;
            if !one.parents.is_empty() {
                write!(f, " <- {}", one.parents.join(","))?;
            }
            if !one.needs.is_empty() {
                write!(f, " needs {}", one.needs.join(","))?;
            }
            for label in &one.labels {
                write!(f, " @{label}")?;
            }
            writeln!(f, "    (file {})", one.stamp)?;
        }
        Ok(())
    }
}
