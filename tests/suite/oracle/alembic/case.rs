//! One question to both sides, and whether their answers must be the same.

use std::fmt;

use serde_json::{Value, json};

use super::{
    aim::Aim,
    drawing::Drawing,
    facts::{Facts, Set, bit, members},
};

/// A graph and what is applied of it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub drawing: Drawing,
    /// In the order of application.
    pub applied: Vec<String>,
    /// Whether Alembic reads it from files and really runs it.
    pub files: bool,
    pub facts: Facts,
}

impl Case {
    pub(super) fn new(drawing: Drawing, applied: Vec<String>, files: bool) -> Self {
        let facts = Facts::of(&drawing);
        Self { drawing, applied, files, facts }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Question {
    /// Heads, bases, branch points, merge points.
    Shape,
    Ancestors(String),
    /// The revision that begins so.
    Find(String),
    Up(Aim),
    Down(Aim),
    Stamp(String),
    /// The range of a history.
    Between(String, String),
    /// `current --check-heads`
    AtHead,
}

/// What a side says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// It refuses, in its words.
    Refused(String),
    /// Names that have no order.
    Names(Vec<String>),
    /// What runs, in order, and everything that is applied then.
    Steps { steps: Vec<String>, after: Vec<String> },
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Question::Shape => f.write_str("heads, bases, branch points, merge points"),
            Question::Ancestors(name) => write!(f, "the ancestors of {name}"),
            Question::Find(text) => write!(f, "show {text}"),
            Question::Up(aim) => write!(f, "upgrade {aim}"),
            Question::Down(aim) => write!(f, "downgrade {aim}"),
            Question::Stamp(name) => write!(f, "stamp {name}"),
            Question::Between(from, to) => write!(f, "history -r {from}:{to}"),
            Question::AtHead => f.write_str("current --check-heads"),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Refused(why) => write!(f, "refused: {why}"),
            Answer::Names(names) => f.write_str(&names.join(" ")),
            Answer::Steps { steps, after } => write!(f, "{} | {}", steps.join(" "), after.join(" ")),
        }
    }
}

impl Question {
    /// What Alembic is asked. Its rows are the ends of what is applied.
    pub(super) fn json(&self, case: &Case) -> Value {
        let facts = &case.facts;
        let rows: Vec<&String> =
            members(facts.ends(facts.set(&case.applied))).map(|at| &facts.names[at]).collect();
        match self {
            Question::Shape => json!(["shape"]),
            Question::Ancestors(name) => json!(["ancestors", name]),
            Question::Find(text) => json!(["find", text]),
            Question::Up(aim) => json!(["upgrade", rows, aim.to_string()]),
            Question::Down(aim) => json!(["downgrade", rows, aim.to_string()]),
            Question::Stamp(name) => json!(["stamp", rows, name]),
            Question::Between(from, to) => json!(["range", from, to]),
            Question::AtHead => json!(["at_head", rows]),
        }
    }

    /// Whether the design says that both must answer the same.
    pub(super) fn agrees(&self, case: &Case) -> bool {
        let facts = &case.facts;
        let applied = facts.set(&case.applied);
        // There, a history with a gap is none, and rows that are merged must be those that the file names.
        let kept = facts.open(applied) & facts.all_up_to_of(applied) == 0 && !facts.says_too_much();
        match self {
            Question::Shape | Question::Ancestors(_) => true,
            Question::Up(_) | Question::Down(_) | Question::Stamp(_) | Question::AtHead if !kept => false,
            // A head that something depends on is none of `heads` there.
            Question::Find(text) if text == "heads" => facts.ends(facts.heads()) == facts.heads(),
            Question::Find(text) => {
                let hits = facts.names.iter().filter(|name| name.starts_with(text)).count();
                text.len() >= 4 || hits != 1
            }
            Question::Up(aim) => aim.agrees_up(facts, applied),
            Question::Down(aim) => aim.agrees_down(facts, applied),
            Question::Stamp(name) if name == "base" => true,
            Question::Stamp(name) => facts.place(name).is_none_or(|at| keeps_others(facts, applied, at)),
            Question::Between(from, to) => match (facts.place(from), facts.place(to)) {
                (Some(from), Some(to)) => between(facts, from, to),
                _ => true,
            },
            Question::AtHead => facts.needs.iter().all(|needs| *needs == 0),
        }
    }

    /// The kind, for counting.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Question::Shape => "shape",
            Question::Ancestors(_) => "ancestors",
            Question::Find(_) => "show",
            Question::Stamp(_) => "stamp",
            Question::Between(..) => "range",
            Question::AtHead => "at head",
            Question::Up(aim) => match aim {
                Aim::Heads => "up heads",
                Aim::Head => "up head",
                Aim::Name(_) => "up REV",
                Aim::HeadOf(_) => "up REV@head",
                Aim::HeadsOf(_) => "up REV@heads",
                Aim::Member(..) => "up REV@REV",
                Aim::Next(_) => "up +N",
                Aim::NextOf(..) => "up REV@+N",
                Aim::Above(..) => "up REV+N",
                Aim::Below(..) => "up REV-N",
                _ => "up",
            },
            Question::Down(aim) => match aim {
                Aim::Base => "down base",
                Aim::Name(_) => "down REV",
                Aim::BaseOf(_) => "down LABEL@base",
                Aim::Last(_) => "down -N",
                Aim::LastOf(..) => "down REV@-N",
                Aim::Above(..) => "down REV+N",
                Aim::Below(..) => "down REV-N",
                _ => "down",
            },
        }
    }
}

/// Whether a stamp forgets nothing there but the descendants of its target: what only they kept in the table goes too.
fn keeps_others(facts: &Facts, applied: Set, at: usize) -> bool {
    let rows = facts.ends(applied) & !facts.all_from[at];
    let theirs = members(rows | bit(at)).fold(0, |set, row| set | facts.all_up_to[row]);
    // What merely depends on the target stays.
    let above = members(facts.from[at] & !bit(at)).fold(0, |set, above| set | facts.all_from[above]);
    let ours = (applied & !above) | facts.all_up_to[at];
    theirs == ours
}

/// Whether no dependency plays a part in a range. Alembic leaves out what a revision only depends on, or does not.
fn between(facts: &Facts, from: usize, to: usize) -> bool {
    let below = facts.all_up_to[to];
    below & bit(from) == 0 || members(below).all(|at| facts.needs[at] == 0)
}
