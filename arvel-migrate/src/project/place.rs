//! Where a new migration goes: the words of a command line, resolved against the graph, become the header of its file.
//!
//! Slugs, prefixes and labels are for people; what goes into a file is the whole revision. Nothing is written that the
//! graph would refuse afterwards: [`check_place`] builds it with the new file in it.

use std::{path::PathBuf, sync::Arc};

use arvel_core::Exit;
use serde::Deserialize;

use super::FileHeader;
use crate::{
    graph::{Graph, GraphError, Symbol, Target, TargetError},
    migration::{CatalogError, Dependency, LineName, Migration, Origin, Parents, RevisionId},
};

/// `migrations.history`: whether new files say what they follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryStyle {
    /// They do not: a file follows every earlier one of its line.
    #[default]
    Linear,
    /// They name the head of their line, so that two people who add a migration each get two heads, and hear of it.
    Graph,
}

/// Where a person wants a new migration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// `--head R`: the revision that it follows; `base` for none.
    pub head: Option<Target>,
    /// `--splice`: also when something follows that revision already.
    pub splice: bool,
    /// `--branch-label L`.
    pub labels: Vec<String>,
    /// `--depends-on R`: revisions as targets name them, and origins.
    pub depends_on: Vec<String>,
    /// `--rev-id R`.
    pub revision: Option<String>,
}

/// Why a migration has no such place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceError {
    /// A target that names nothing, or too much.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// A target that only the database could answer.
    #[error("`{target}` counts from where a database is; a file names a revision")]
    NeedsDatabase {
        /// The target.
        target: String,
    },
    /// The line has several heads, and a new file must follow one.
    #[error("a new migration follows the head, and there are {}: {}", heads.len(), quoted(heads))]
    SeveralHeads {
        /// The heads.
        heads: Vec<RevisionId>,
    },
    /// A target that names several revisions, or none, where one is wanted.
    #[error("`{target}` names {}, and one is wanted", several(found))]
    NotOne {
        /// The target.
        target: String,
        /// What it names.
        found: Vec<RevisionId>,
    },
    /// Something follows the revision already.
    #[error("`{revision}` is not a head: {} {} it", quoted(children), if children.len() == 1 { "follows" } else { "follow" })]
    NotAHead {
        /// The revision.
        revision: RevisionId,
        /// What follows it.
        children: Vec<RevisionId>,
        /// The heads that descend from it.
        heads: Vec<RevisionId>,
    },
    /// Fewer than two heads, or targets that name nothing.
    #[error("nothing to merge: {}", match heads.as_slice() {
        [] => "there are no migrations".to_owned(),
        [_] => format!("the only head is {}", quoted(heads)),
        _ => "what was named is no revision".to_owned(),
    })]
    NothingToMerge {
        /// The heads.
        heads: Vec<RevisionId>,
    },
    /// One revision, which can not be joined with itself.
    #[error("a merge joins two revisions or more, and {} is one", quoted(std::slice::from_ref(revision)))]
    OnlyOne {
        /// The revision.
        revision: RevisionId,
        /// The heads of the graph.
        heads: Vec<RevisionId>,
    },
    /// One of them descends from another: there is nothing to join.
    #[error("`{descendant}` descends from `{ancestor}`: they are joined already")]
    Related {
        /// The earlier one.
        ancestor: RevisionId,
        /// The later one.
        descendant: RevisionId,
        /// The heads of the graph.
        heads: Vec<RevisionId>,
    },
    /// The graph with the new file in it is none.
    #[error("{0}; nothing was written")]
    Graph(#[from] GraphError),
    /// The file that would be written is none.
    #[error("{0}; nothing was written")]
    File(#[from] CatalogError),
}

fn quoted(revisions: &[RevisionId]) -> String {
    revisions.iter().map(|revision| format!("`{revision}`")).collect::<Vec<_>>().join(", ")
}

fn several(revisions: &[RevisionId]) -> String {
    match revisions.len() {
        0 => "no revision".to_owned(),
        number => format!("{number} revisions ({})", quoted(revisions)),
    }
}

impl PlaceError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            PlaceError::Target(error) => error.code(),
            PlaceError::NeedsDatabase { .. } => "place.needs_database",
            PlaceError::SeveralHeads { .. } => "place.several_heads",
            PlaceError::NotOne { .. } => "place.not_one",
            PlaceError::NotAHead { .. } => "place.not_a_head",
            PlaceError::NothingToMerge { .. } => "place.nothing_to_merge",
            PlaceError::OnlyOne { .. } => "place.only_one",
            PlaceError::Related { .. } => "place.related",
            PlaceError::Graph(error) => error.code(),
            PlaceError::File(error) => error.code(),
        }
    }

    /// What to do, ready to be pasted.
    #[must_use]
    pub fn hint(&self) -> String {
        let merge = |heads: &[RevisionId]| match heads.len() {
            0 | 1 => "`db history --graph` shows the graph".to_owned(),
            _ => format!("the heads are {}; `db merge heads` joins them", quoted(heads)),
        };
        match self {
            PlaceError::Target(error) => error.hint(),
            PlaceError::NeedsDatabase { .. } => {
                "write the revision; `db current` shows where the database is".to_owned()
            }
            PlaceError::SeveralHeads { heads } => {
                let first = heads.first().map(ToString::to_string).unwrap_or_default();
                format!("join them with `db merge heads`, or name the one to go on from: `--head {first}`")
            }
            PlaceError::NotOne { found, .. } => match found.first() {
                Some(first) => format!("name one: `{first}`"),
                None => "`db history` lists the revisions".to_owned(),
            },
            PlaceError::NotAHead { revision, heads, .. } => match heads.first() {
                Some(head) => {
                    format!(
                        "`--head {revision} --splice` begins a branch there; `--head {head}` goes on at the end"
                    )
                }
                None => format!("`--head {revision} --splice` begins a branch there"),
            },
            PlaceError::NothingToMerge { heads } if heads.len() < 2 => {
                "`db heads` shows the ends of the graph".to_owned()
            }
            PlaceError::NothingToMerge { heads }
            | PlaceError::OnlyOne { heads, .. }
            | PlaceError::Related { heads, .. } => merge(heads),
            PlaceError::Graph(GraphError::DuplicateLabel { .. }) => {
                "choose another `--branch-label`".to_owned()
            }
            PlaceError::Graph(GraphError::LabelIsRevision { .. }) => {
                "choose another `--branch-label`, or another `--rev-id` where that is the new one".to_owned()
            }
            PlaceError::Graph(GraphError::DuplicateRevision { .. }) => "choose another `--rev-id`".to_owned(),
            PlaceError::Graph(error) => error.hint(),
            PlaceError::File(error) => error.hint().unwrap_or_default(),
        }
    }

    /// The exit code of a command that ends with this error: 4, graph or target.
    pub fn exit(&self) -> Exit {
        Exit::GRAPH
    }
}

impl Place {
    /// The header of a new file of a line.
    ///
    /// # Errors
    /// [`PlaceError`]: a target that names nothing or too much, several heads where one is wanted, a revision that is no
    /// head.
    pub fn header(
        &self,
        graph: &Graph,
        line: &LineName,
        style: HistoryStyle,
    ) -> Result<FileHeader, PlaceError> {
        let parents = match (&self.head, style) {
            (Some(target), _) => Some(self.parents(graph, target)?),
            (None, HistoryStyle::Linear) => None,
            (None, HistoryStyle::Graph) => Some(match graph.line_heads(line) {
                heads if heads.len() > 1 => return Err(PlaceError::SeveralHeads { heads }),
                heads => texts(&heads),
            }),
        };
        let depends_on = self.depends_on.iter().map(|text| dependency(graph, text));
        Ok(FileHeader {
            revision: self.revision.clone(),
            parents,
            depends_on: depends_on.collect::<Result<_, _>>()?,
            labels: self.labels.clone(),
            ..FileHeader::default()
        })
    }

    fn parents(&self, graph: &Graph, target: &Target) -> Result<Vec<String>, PlaceError> {
        let found = named(graph, target).map_err(|error| match error {
            // The same question as without `--head`, and the same ways on.
            PlaceError::Target(TargetError::MultipleHeads { heads, .. }) => {
                PlaceError::SeveralHeads { heads }
            }
            error => error,
        })?;
        if found.is_empty() && target.symbol() == Some(&Symbol::Base) {
            return Ok(Vec::new());
        }
        let [revision] = found.as_slice() else {
            return Err(PlaceError::NotOne { target: target.text().to_owned(), found });
        };
        let children = graph.children(revision).to_vec();
        if !children.is_empty() && !self.splice {
            return Err(not_a_head(graph, revision));
        }
        Ok(vec![revision.to_string()])
    }
}

fn not_a_head(graph: &Graph, revision: &RevisionId) -> PlaceError {
    let above = graph.descendants([revision]);
    PlaceError::NotAHead {
        children: graph.children(revision).to_vec(),
        heads: graph.heads().into_iter().filter(|head| above.contains(head)).collect(),
        revision: revision.clone(),
    }
}

/// What a target names, without a database.
fn named(graph: &Graph, target: &Target) -> Result<Vec<RevisionId>, PlaceError> {
    if target.needs_history() {
        return Err(PlaceError::NeedsDatabase { target: target.text().to_owned() });
    }
    Ok(target.revisions(graph, &[])?)
}

fn dependency(graph: &Graph, text: &str) -> Result<String, PlaceError> {
    if text.parse::<Origin>().is_ok() {
        return Ok(text.to_owned());
    }
    let found = named(graph, &Target::parse(text)?)?;
    match found.as_slice() {
        [revision] => Ok(revision.to_string()),
        _ => Err(PlaceError::NotOne { target: text.to_owned(), found }),
    }
}

/// The parents of a merge: what the targets name, or all heads when there is none. Without `splice`, only heads.
///
/// # Errors
/// [`PlaceError`]: fewer than two heads, one revision, a revision that descends from another, one that is no head.
pub fn merge_parents(graph: &Graph, targets: &[Target], splice: bool) -> Result<Vec<RevisionId>, PlaceError> {
    let mut parents: Vec<RevisionId> = Vec::new();
    for target in targets {
        for revision in named(graph, target)? {
            if !parents.contains(&revision) {
                parents.push(revision);
            }
        }
    }
    let heads = graph.heads();
    let all_heads = targets.iter().all(|target| target.symbol() == Some(&Symbol::Heads));
    if all_heads {
        if targets.is_empty() {
            parents.clone_from(&heads);
        }
        let own = graph.of_the_application(&graph.positions(&parents));
        parents = graph.names(own);
        if parents.len() < 2 {
            return Err(PlaceError::NothingToMerge { heads: parents });
        }
    }
    match parents.as_slice() {
        [] => return Err(PlaceError::NothingToMerge { heads }),
        [revision] => return Err(PlaceError::OnlyOne { revision: revision.clone(), heads }),
        _ => {}
    }
    for descendant in &parents {
        let below = graph.lineage_of(descendant);
        if let Some(ancestor) = parents.iter().find(|other| *other != descendant && below.contains(*other)) {
            let (ancestor, descendant) = (ancestor.clone(), descendant.clone());
            return Err(PlaceError::Related { ancestor, descendant, heads });
        }
    }
    if let Some(inner) = parents.iter().find(|revision| !graph.children(revision).is_empty() && !splice) {
        return Err(not_a_head(graph, inner));
    }
    Ok(parents)
}

/// Builds the graph with a new file in it: a label or revision that is taken, a dependency that nobody has, a cycle are
/// told before anything is written.
///
/// # Errors
/// [`PlaceError`] with what the graph says.
pub fn check_place(
    graph: &Graph,
    stem: &str,
    line: &LineName,
    path: PathBuf,
    header: &FileHeader,
) -> Result<(), PlaceError> {
    let planned = Migration::planned(stem, line.clone(), path, header)?;
    let mut migrations: Vec<Arc<Migration>> = graph.iter().cloned().collect();
    migrations.push(Arc::new(planned));
    Graph::build(migrations)?;
    Ok(())
}

/// A migration that names another one in its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referrer {
    /// The revision.
    pub revision: RevisionId,
    /// `parents` or `depends_on`.
    pub key: &'static str,
    /// Its file, as far as the program knows it.
    pub path: Option<PathBuf>,
}

/// The migrations that name a revision, or its origin, in their headers: without it they would name nothing.
#[must_use]
pub fn referrers(graph: &Graph, revision: &RevisionId) -> Vec<Referrer> {
    let origin = graph.get(revision).and_then(|migration| migration.origin.as_ref());
    let names = |migration: &Migration| {
        let parent = matches!(&migration.parents, Parents::Of(parents) if parents.contains(revision));
        let needs = migration.depends_on.iter().any(|dependency| match dependency {
            Dependency::Revision(needed) => needed == revision,
            Dependency::Origin(needed) => Some(needed) == origin,
        });
        if parent { Some("parents") } else { needs.then_some("depends_on") }
    };
    let all = graph.iter().filter_map(|migration| {
        let key = names(migration)?;
        Some(Referrer { revision: migration.revision.clone(), key, path: migration.path.clone() })
    });
    all.collect()
}

fn texts(revisions: &[RevisionId]) -> Vec<String> {
    revisions.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
#[path = "place_tests.rs"]
mod tests;
