//! Alembic as an oracle of the graph: random graphs, random states, and what both do with the same question.
//!
//! `aim.rs` and `case.rs` say where the design wants both to be the same; there, what runs and what is applied afterwards must be
//! the same set, and each order must put what is needed first. Where the design differs on purpose, `differences.rs`
//! asserts both sides, so that a new Alembic which changes its mind is heard of.
//!
//! `ARVEL_TEST_GRAPHS=20000` is another number of graphs than 2,000, `ARVEL_TEST_GRAPHS=17..17` those of the seeds from 17 to 17. A
//! failure shows its seed, and the smallest graph that still fails.

mod aim;
mod case;
#[path = "../../../conformance/random/dice.rs"]
mod dice;
mod differences;
mod drawing;
mod facts;
mod ours;
mod random;
mod shrink;
mod theirs;

use std::{collections::BTreeMap, ops::RangeInclusive};

use super::python;
use case::{Answer, Case, Question};
use dice::Dice;
use facts::{Facts, bit};
use ours::Us;
use theirs::Alembic;

/// How many graphs are drawn when nobody says.
const GRAPHS: u64 = 2_000;

/// The seeds to go through, or the part of them that a slower test takes.
fn seeds(part: u64) -> RangeInclusive<u64> {
    let number = |text: &str| text.trim().parse::<u64>().expect("ARVEL_TEST_GRAPHS is `2000` or `17..17`");
    match std::env::var("ARVEL_TEST_GRAPHS").ok() {
        None => 1..=GRAPHS / part,
        Some(text) => match text.split_once("..") {
            Some((from, to)) => number(from)..=number(to),
            None => 1..=(number(&text) / part).max(1),
        },
    }
}

/// What is wrong with two answers; nothing where they may differ and ours is sound.
fn problem(case: &Case, question: &Question, ours: &Answer, theirs: &Answer) -> Option<&'static str> {
    let facts = &case.facts;
    let up = matches!(question, Question::Up(_));
    if let Answer::Steps { steps, .. } = ours {
        if !in_order(facts, case, steps, up) {
            return Some("our order puts something before what it needs");
        }
        let sorted: Vec<&String> = facts.order().into_iter().map(|at| &facts.names[at]).collect();
        let place = |name: &String| sorted.iter().position(|known| *known == name);
        if up && !steps.is_sorted_by_key(place) {
            return Some("our order is not that of the files where there is a choice");
        }
    }
    if !question.agrees(case) {
        return None;
    }
    match (ours, theirs) {
        (Answer::Refused(_), Answer::Refused(_)) => None,
        (Answer::Refused(_), _) => Some("we refuse what Alembic does"),
        (_, Answer::Refused(_)) => Some("we do what Alembic refuses"),
        (Answer::Steps { steps: one, after }, Answer::Steps { steps: other, after: theirs }) => {
            let (mut one, mut sorted) = (one.clone(), other.clone());
            one.sort();
            sorted.sort();
            if one != sorted {
                return Some("other revisions run");
            }
            if after != theirs {
                return Some("other revisions are applied afterwards");
            }
            (!in_order(facts, case, other, up))
                .then_some("Alembic's order puts something before what it needs")
        }
        (one, other) => (one != other).then_some("the names differ"),
    }
}

/// Whether each step has what it needs when it goes up, and nothing on it when it goes down.
fn in_order(facts: &Facts, case: &Case, steps: &[String], up: bool) -> bool {
    let mut applied = facts.set(&case.applied);
    steps.iter().all(|name| {
        let Some(at) = facts.place(name) else { return false };
        let ready = match up {
            true => (facts.parents[at] | facts.needs[at]) & !applied == 0 && applied & bit(at) == 0,
            false => facts.all_from[at] & applied == bit(at),
        };
        applied ^= bit(at);
        ready
    })
}

/// Asks both. A question that fails is told with the smallest case that still fails, one of each kind.
#[derive(Default)]
struct Held {
    failures: BTreeMap<&'static str, String>,
    /// Of each kind of question: how many were asked, must be answered alike, and were answered with something.
    counts: BTreeMap<&'static str, [usize; 3]>,
}

impl Held {
    fn hold(&mut self, alembic: &mut Alembic, seed: u64, case: &Case, questions: &[Question]) {
        let us = Us::of(case).unwrap_or_else(|error| panic!("seed {seed}: {error}\n{}", case.drawing));
        let theirs = alembic.ask(case, questions);
        let theirs = theirs.unwrap_or_else(|error| panic!("seed {seed}: Alembic: {error}\n{}", case.drawing));
        for (question, theirs) in questions.iter().zip(theirs) {
            let ours = us.answer(case, question);
            if problem(case, question, &ours, &theirs).is_some()
                && !self.failures.contains_key(question.kind())
            {
                let least = shrink::least(alembic, case, question);
                let told = format!("seed {seed}, `ARVEL_TEST_GRAPHS={seed}..{seed}`: {least}");
                self.failures.insert(question.kind(), told);
            }
            let agrees = question.agrees(case);
            let something = match &ours {
                Answer::Refused(_) => false,
                Answer::Names(names) => !names.is_empty(),
                Answer::Steps { steps, .. } => !steps.is_empty() || question.kind() == "stamp",
            };
            let count = self.counts.entry(question.kind()).or_default();
            count[0] += 1;
            count[1] += usize::from(agrees);
            count[2] += usize::from(agrees && something);
        }
    }

    fn end(&self) {
        let failures: Vec<&str> = self.failures.values().map(String::as_str).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    }
}

#[test]
fn random_graphs_and_states_are_read_as_alembic_reads_them() {
    let Some(python) = python::interpreter() else { return };
    let mut alembic = Alembic::start(&python);
    let mut held = Held::default();
    for seed in seeds(1) {
        let (case, questions) = random::case(seed);
        held.hold(&mut alembic, seed, &case, &questions);
    }
    held.end();
    println!("asked, alike, with an answer: {:#?}", held.counts);
    if seeds(1).count() >= 1_000 {
        for (kind, [_, _, something]) in held.counts {
            assert!(something >= 50, "`{kind}` was hardly compared: {something} times");
        }
    }
}

#[test]
fn unsound_graphs_are_refused_and_all_that_alembic_refuses() {
    let Some(python) = python::interpreter() else { return };
    let mut alembic = Alembic::start(&python);
    let (mut sound, mut refused, mut missed) = (0, 0, 0);
    for seed in seeds(2) {
        let drawing = random::spoiled(&mut Dice::new(seed));
        let case = Case::new(drawing, Vec::new(), false);
        let expected = is_unsound(&case.drawing, &case.facts);
        let ours = ours::graph(&case.drawing).err();
        assert_eq!(ours.is_some(), expected, "seed {seed}: {ours:?}\n{}", case.drawing);
        let theirs = alembic.ask(&case, &[]).err();
        match (expected, &theirs) {
            (false, None) => sound += 1,
            (true, Some(_)) => refused += 1,
            // A cycle with a base below it and a head above it: `differences.rs`.
            (true, None) if case.facts.has_cycle() => missed += 1,
            _ => panic!("seed {seed}: we say {ours:?}, Alembic {theirs:?}\n{}", case.drawing),
        }
    }
    println!("{sound} sound, {refused} refused by both, {missed} cycles that Alembic does not see");
    assert!(sound > 0 && refused > 0);
}

/// What the spoiling can have done.
fn is_unsound(drawing: &drawing::Drawing, facts: &Facts) -> bool {
    let unknown = |name: &String| facts.place(name).is_none();
    let mut labels: Vec<&String> = drawing.0.iter().flat_map(|one| &one.labels).collect();
    let taken = labels.iter().any(|label| facts.place(label).is_some());
    labels.sort();
    let twice = labels.windows(2).any(|pair| pair[0] == pair[1]);
    let nobody = drawing.0.iter().any(|one| one.parents.iter().chain(&one.needs).any(unknown));
    facts.has_cycle() || taken || twice || nobody
}

#[test]
fn the_same_in_files_that_alembic_runs_on_sqlite() {
    let Some(python) = python::interpreter() else { return };
    let mut alembic = Alembic::start(&python);
    let mut held = Held::default();
    for seed in seeds(50) {
        let (mut case, mut questions) = random::case(seed);
        case.files = true;
        questions.push(Question::AtHead);
        held.hold(&mut alembic, seed, &case, &questions);
    }
    held.end();
    assert!(held.counts.values().any(|[_, _, something]| *something > 0));
}
