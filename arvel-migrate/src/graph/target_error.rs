//! Why a target names nothing, too much, or something else than was meant.

use arvel_core::Exit;

use super::nearest::list;
use crate::{migration::RevisionId, shown::shown};

/// How a name was looked up; the first rung that knows it decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rung {
    /// The whole revision.
    Revision,
    /// A label.
    Label,
    /// The whole slug.
    Slug,
    /// The beginning of a revision, 4 characters or more.
    RevisionPrefix,
    /// The beginning of a slug.
    SlugPrefix,
}

impl Rung {
    fn phrase(self) -> &'static str {
        match self {
            Rung::Revision => "is the revision of",
            Rung::Label => "is the label of",
            Rung::Slug => "is the slug of",
            Rung::RevisionPrefix => "begins the revisions",
            Rung::SlugPrefix => "begins the slugs of",
        }
    }
}

/// A target that can not be parsed or resolved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// Nothing was written.
    #[error("the target is empty")]
    Empty,
    /// Something stands behind the number.
    #[error(
        "target `{}` does not end at `{}`: a number is expected there, and nothing behind it",
        shown(target),
        shown(rest)
    )]
    Trailing {
        /// What was written.
        target: String,
        /// What is too much.
        rest: String,
    },
    /// A character that no name has.
    #[error("target `{}` contains {character:?}, which no revision or label has", shown(target))]
    Character {
        /// What was written.
        target: String,
        /// The first such character.
        character: char,
    },
    /// One side of `@` is missing.
    #[error("target `{}` has nothing on one side of `@`", shown(target))]
    Incomplete {
        /// What was written.
        target: String,
    },
    /// `head@blog` for `blog@head`.
    #[error("target `{}` has `{symbol}` before `@`, where a label or revision is expected", shown(target))]
    BranchIsSymbol {
        /// What was written.
        target: String,
        /// `head`, `heads`, `base` or `current`.
        symbol: String,
    },
    /// `+0`.
    #[error("target `{}` is no step away", shown(target))]
    Zero {
        /// What was written.
        target: String,
    },
    /// `heads-1`.
    #[error("target `{}` counts from `heads`, which may be several revisions", shown(target))]
    OffsetFromHeads {
        /// What was written.
        target: String,
    },
    /// `all`.
    #[error("`all` is not a target")]
    All,
    /// A range where one target is expected.
    #[error("`{}` is a range; one target is expected here", shown(target))]
    UnexpectedRange {
        /// What was written.
        target: String,
    },
    /// No range where one is expected.
    #[error("`{}` is not a range", shown(target))]
    NotARange {
        /// What was written.
        target: String,
    },
    /// A range whose start is not below its end.
    #[error("range `{}` is empty: its start is not an ancestor of its end", shown(range))]
    EmptyRange {
        /// What was written.
        range: String,
        /// Whether its end is below its start.
        backwards: bool,
    },
    /// No rung knows the name.
    #[error("no revision, label or slug is called `{}`", shown(name))]
    Unknown {
        /// The name.
        name: String,
        /// Known names that look like it, best first.
        nearest: Vec<String>,
    },
    /// One rung knows several.
    #[error("`{}` {} {} revisions: {}", shown(name), rung.phrase(), candidates.len(), some(candidates))]
    Ambiguous {
        /// The name.
        name: String,
        /// Where it was found.
        rung: Rung,
        /// What it may mean, in graph order.
        candidates: Vec<RevisionId>,
    },
    /// `head` where there are several.
    #[error("`{}` needs one head, and there are {}: {}", shown(target), heads.len(), some(heads))]
    MultipleHeads {
        /// What was written.
        target: String,
        /// The heads, in graph order.
        heads: Vec<RevisionId>,
        /// A target for each, in the same order: `label@head`, or the revision.
        instead: Vec<String>,
    },
    /// `current` as a place to count from, where there are several.
    #[error("`{}` needs one current revision, and there are {}: {}", shown(target), current.len(), some(current))]
    MultipleCurrent {
        /// What was written.
        target: String,
        /// The applied heads, in graph order.
        current: Vec<RevisionId>,
    },
    /// A revision that is not a member of the branch.
    #[error("revision `{revision}` is not on the branch `{branch}`")]
    OutsideBranch {
        /// The branch.
        branch: String,
        /// The revision.
        revision: RevisionId,
    },
    /// `rev@base`: only a label has a base of its own.
    #[error("`{target}`: `{branch}` is a revision, and only a label has a base")]
    NotALabel {
        /// What was written.
        target: String,
        /// What stands before `@`.
        branch: String,
    },
    /// Fewer revisions than the number.
    #[error("`{}` goes too far{}", shown(target), only(*available))]
    TooFar {
        /// What was written.
        target: String,
        /// How many steps there are; `None` when the number itself is beyond all bounds.
        available: Option<usize>,
    },
    /// `-1` for an upgrade, `+1` for a downgrade.
    #[error("`{}` goes {}", shown(target), if *down { "down, and an upgrade goes up" } else { "up, and a downgrade goes down" })]
    WrongDirection {
        /// What was written.
        target: String,
        /// Whether the target goes down.
        down: bool,
    },
    /// A place to go back to that is no single revision.
    #[error("`{}` names {} revisions, and one is needed", shown(target), found.len())]
    NotOneRevision {
        /// What was written.
        target: String,
        /// What it names, in graph order.
        found: Vec<RevisionId>,
    },
}

fn only(available: Option<usize>) -> String {
    match available {
        None => String::new(),
        Some(0) => ": there is none".to_owned(),
        Some(1) => ": there is only 1".to_owned(),
        Some(several) => format!(": there are only {several}"),
    }
}

/// The stem of what is the path of a file and no target.
pub(super) fn stem_of(target: &str) -> Option<&str> {
    let name = target.rsplit(['/', '\\']).next()?;
    let stem = [".up.sql", ".down.sql", ".sql", ".rs"].iter().find_map(|ending| name.strip_suffix(ending));
    stem.filter(|stem| RevisionId::new(stem).is_ok())
}

/// The first of many, so that a message stays readable; the field has all.
fn some(revisions: &[RevisionId]) -> String {
    const MOST: usize = 10;
    let mut text = revisions.iter().take(MOST).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if revisions.len() > MOST {
        text.push_str(&format!(" and {} more", revisions.len() - MOST));
    }
    text
}

impl TargetError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            TargetError::Empty => "target.empty",
            TargetError::Trailing { .. } => "target.trailing",
            TargetError::Character { .. } => "target.character",
            TargetError::Incomplete { .. } => "target.incomplete",
            TargetError::BranchIsSymbol { .. } => "target.branch_is_symbol",
            TargetError::Zero { .. } => "target.zero",
            TargetError::OffsetFromHeads { .. } => "target.offset_from_heads",
            TargetError::All => "target.all",
            TargetError::UnexpectedRange { .. } => "target.unexpected_range",
            TargetError::NotARange { .. } => "target.not_a_range",
            TargetError::EmptyRange { .. } => "target.empty_range",
            TargetError::Unknown { .. } => "target.unknown",
            TargetError::Ambiguous { .. } => "target.ambiguous",
            TargetError::MultipleHeads { .. } => "target.multiple_heads",
            TargetError::MultipleCurrent { .. } => "target.multiple_current",
            TargetError::OutsideBranch { .. } => "target.outside_branch",
            TargetError::NotALabel { .. } => "target.not_a_label",
            TargetError::TooFar { .. } => "target.too_far",
            TargetError::WrongDirection { .. } => "target.wrong_direction",
            TargetError::NotOneRevision { .. } => "target.not_one_revision",
        }
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            TargetError::Character { target, .. } if stem_of(target).is_some() => {
                let stem = stem_of(target).unwrap_or_default();
                format!("a revision is the name of its file without the ending: `{}`", shown(stem))
            }
            TargetError::Empty | TargetError::Incomplete { .. } | TargetError::Character { .. } => {
                "write a revision, a label, a slug, `head`, `heads`, `base`, `current`, `label@head`, `+1` or `-1`".into()
            }
            TargetError::Trailing { .. } => "write a relative target as `+1`, `-1`, `REVISION+1` or `label@-1`".into(),
            TargetError::BranchIsSymbol { target, symbol } => match target.split_once('@') {
                Some((_, branch)) if RevisionId::new(branch).is_ok() => format!("write `{branch}@{symbol}`"),
                _ => format!("write `LABEL@{symbol}`"),
            },
            TargetError::Zero { .. } => "use `+1` or more, or `current` for where the database is".into(),
            TargetError::OffsetFromHeads { .. } => "count from one head: `head-1` or `LABEL@head-1`".into(),
            TargetError::All => "use `heads` to apply everything, `base` to undo everything".into(),
            TargetError::UnexpectedRange { .. } => {
                "write one of its two ends; a range is no place to go to".into()
            }
            TargetError::NotARange { target } if target.is_empty() || target.contains(':') => {
                "write `A:B`, `A:` or `:B`".into()
            }
            TargetError::NotARange { target } => {
                let target = shown(target);
                format!("write `{target}:`, `:{target}` or `A:B`")
            }
            TargetError::EmptyRange { range, backwards: true } if range.contains(':') => {
                let (from, to) = range.split_once(':').unwrap_or_default();
                format!("turn it round: `{}:{}`", shown(to), shown(from))
            }
            TargetError::EmptyRange { .. } => {
                "no line runs from one to the other; `db history --graph` shows the graph".into()
            }
            TargetError::Unknown { nearest, .. } if nearest.is_empty() => "`db status` lists all revisions".into(),
            TargetError::Unknown { nearest, .. } => format!("did you mean {}?", list(nearest)),
            TargetError::Ambiguous { candidates, .. } => match candidates.first() {
                Some(first) => format!("write more of it, such as `{first}`"),
                None => "write more of it".into(),
            },
            TargetError::MultipleHeads { instead, .. } => {
                format!("name one: {}; `heads` is all of them, and `db merge heads` joins them", list(instead))
            }
            TargetError::MultipleCurrent { .. } => {
                "count from one of them: `REVISION-1`; or use `-1`, which undoes the last applied".into()
            }
            TargetError::OutsideBranch { revision, .. } => format!("use `{revision}` alone, or see `db status`"),
            TargetError::NotALabel { branch, .. } => {
                format!("`db downgrade {branch}` keeps it, `db downgrade {branch}-1` undoes it too")
            }
            TargetError::TooFar { .. } => "`db status` lists what is applied and what is pending".into(),
            TargetError::NotOneRevision { found, .. } if found.is_empty() => {
                "use `db rollback --steps all` to undo everything".into()
            }
            TargetError::NotOneRevision { .. } => "write the whole revision; `db status` lists them".into(),
            TargetError::WrongDirection { target, down: true } => format!("run `db downgrade {target}`"),
            TargetError::WrongDirection { target, down: false } => format!("run `db migrate {target}`"),
        }
    }

    /// The exit code of a command that ends with this error: 4, graph or target.
    pub fn exit(&self) -> Exit {
        Exit::GRAPH
    }
}
