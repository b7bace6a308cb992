//! Random graphs, random states of a database, and random things to ask of them.

use super::{
    aim::Aim,
    case::{Case, Question},
    dice::Dice,
    drawing::{Drawing, One},
    facts::{Facts, Set, bit, members},
};

/// The most revisions of a graph.
const MOST: usize = 24;

/// A sound graph: a line, a tree, or one with merges; mostly small.
pub(super) fn drawing(dice: &mut Dice) -> Drawing {
    let count = 1 + dice.roll(MOST).min(dice.roll(MOST) + 2);
    let line = dice.one_in(6);
    let merges = !dice.one_in(4);
    let needs = dice.one_in(2);
    let beginning = format!("{:05x}", dice.roll(0xF_FFFF));
    let mut stamps: Vec<usize> = (1..=count).collect();
    // Half of the folders are sorted as they were written.
    if dice.one_in(2) {
        for at in 0..count {
            let other = dice.roll(count);
            stamps.swap(at, other);
        }
    }
    let mut all: Vec<One> = Vec::new();
    for (at, stamp) in stamps.into_iter().enumerate() {
        let known: Vec<String> = all.iter().map(|one| one.name.clone()).collect();
        let shared = if dice.one_in(2) { &beginning[..2 + dice.roll(4)] } else { "" };
        // The number keeps names apart; none of them begins another.
        let name = format!("{shared}{:x}{:04x}{at:02x}", dice.roll(16), dice.roll(0xFFFF));
        let mut one = One { name, stamp, parents: Vec::new(), needs: Vec::new(), labels: Vec::new() };
        if let Some(last) = known.last() {
            let apart = dice.one_in(9);
            one.parents = match dice.roll(10) {
                _ if line => vec![last.clone()],
                _ if apart => Vec::new(),
                0 | 1 if merges && known.len() > 1 => dice.some(&known[known.len().saturating_sub(6)..], 3),
                2 | 3 => vec![dice.pick(&known)],
                _ => vec![last.clone()],
            };
            if needs && dice.one_in(5) {
                one.needs = dice.some(&known, 2);
            }
        }
        if dice.one_in(4) {
            one.labels.push(format!("l{at}"));
        }
        all.push(one);
    }
    let drawing = Drawing(all);
    if dice.one_in(8) { drawing } else { tidy(drawing) }
}

/// The drawing without what is said twice: a parent that another parent descends from, a dependency below something else.
fn tidy(mut drawing: Drawing) -> Drawing {
    let facts = Facts::of(&drawing);
    let is_below = |all: &[Set], one: usize, others: Set| {
        members(others & !bit(one)).any(|other| all[other] & bit(one) != 0)
    };
    for (at, one) in drawing.0.iter_mut().enumerate() {
        let place = |name: &String| facts.place(name).expect("it is drawn");
        one.parents.retain(|name| !is_below(&facts.up_to, place(name), facts.parents[at]));
        let named = facts.parents[at] | facts.needs[at];
        one.needs.retain(|name| {
            facts.parents[at] & bit(place(name)) == 0 && !is_below(&facts.all_up_to, place(name), named)
        });
    }
    drawing
}

/// A graph that may have become unsound.
pub(super) fn spoiled(dice: &mut Dice) -> Drawing {
    let mut drawing = drawing(dice);
    let names = drawing.names();
    let (at, other) = (dice.roll(names.len()), dice.pick(&names));
    let label = drawing.0.iter().flat_map(|one| &one.labels).next().cloned();
    let one = &mut drawing.0[at];
    match dice.roll(8) {
        0 | 1 if !one.parents.contains(&other) => one.parents.push(other),
        2 | 3 if !one.needs.contains(&other) => one.needs.push(other),
        4 => one.parents.push("nowhere".to_owned()),
        5 => one.needs.push("nowhere".to_owned()),
        6 => one.labels.push(other),
        7 => one.labels.extend(label.filter(|label| !one.labels.contains(label))),
        _ => {}
    }
    drawing
}

/// Applied revisions in the order of their application: each behind what it follows and needs.
pub(super) fn applied(dice: &mut Dice, facts: &Facts) -> Vec<usize> {
    let all = facts.names.len();
    let count = if dice.one_in(4) { all } else { dice.roll(all + 1) };
    let mut order = Vec::new();
    let mut done: Set = 0;
    // Mostly by the files, as a run does it; else whatever can go next.
    let sorted = facts.order();
    let by_file = !dice.one_in(3);
    for _ in 0..count {
        let open = facts.open(done);
        let choices: Vec<usize> = match by_file {
            true => sorted.iter().copied().filter(|at| open & bit(*at) != 0).collect(),
            false => members(open).collect(),
        };
        let sides = if by_file { choices.len().min(2) } else { choices.len() };
        let next = choices[dice.roll(sides)];
        done |= bit(next);
        order.push(next);
    }
    order
}

/// Questions about a graph and a state.
pub(super) fn questions(dice: &mut Dice, drawing: &Drawing, applied: &[String]) -> Vec<Question> {
    let names = drawing.names();
    let labels: Vec<String> = drawing.0.iter().flat_map(|one| one.labels.clone()).collect();
    let branches: Vec<String> = names.iter().chain(&labels).chain(&labels).cloned().collect();
    let name = |dice: &mut Dice| dice.pick(&names);
    // What is applied is asked about more often than not.
    let there = |dice: &mut Dice| {
        if applied.is_empty() || dice.one_in(5) { dice.pick(&names) } else { dice.pick(applied) }
    };
    let label = |dice: &mut Dice| if labels.is_empty() { "nobody".to_owned() } else { dice.pick(&labels) };
    let count = |dice: &mut Dice| 1 + dice.roll(3) + if dice.one_in(8) { 20 } else { 0 };
    let beginning = name(dice);
    let beginning = beginning[..1 + dice.roll(beginning.len())].to_owned();
    let mut questions = vec![
        Question::Shape,
        Question::Ancestors(name(dice)),
        Question::Find(beginning),
        Question::Up(Aim::Heads),
        Question::Down(Aim::Base),
    ];
    for _ in 0..5 {
        questions.push(Question::Up(match dice.roll(11) {
            0 => Aim::Head,
            1 => Aim::Name(dice.pick(&branches)),
            2 => Aim::HeadOf(dice.pick(&branches)),
            3 => Aim::HeadsOf(dice.pick(&branches)),
            4 => Aim::Member(dice.pick(&branches), name(dice)),
            5 => Aim::Next(count(dice)),
            6 => Aim::NextOf(dice.pick(&branches), count(dice)),
            7 => Aim::Above("base".to_owned(), count(dice)),
            8 => Aim::Above(name(dice), count(dice)),
            9 => Aim::Below("head".to_owned(), count(dice)),
            _ => Aim::Below(name(dice), count(dice)),
        }));
        questions.push(Question::Down(match dice.roll(8) {
            0 | 1 => Aim::Name(there(dice)),
            2 => Aim::Last(count(dice)),
            3 => Aim::LastOf(dice.pick(&branches), count(dice)),
            4 => Aim::BaseOf(label(dice)),
            5 => Aim::Above(there(dice), count(dice)),
            _ => Aim::Below(there(dice), count(dice)),
        }));
    }
    questions.push(Question::Stamp(there(dice)));
    questions.push(Question::Stamp(if dice.one_in(9) { "base".to_owned() } else { name(dice) }));
    questions.push(Question::Between(name(dice), name(dice)));
    questions.push(Question::Find("heads".to_owned()));
    questions
}

/// One random case with all its questions.
pub(super) fn case(seed: u64) -> (Case, Vec<Question>) {
    let mut dice = Dice::new(seed);
    let drawing = drawing(&mut dice);
    let facts = Facts::of(&drawing);
    let applied: Vec<String> =
        applied(&mut dice, &facts).into_iter().map(|at| facts.names[at].clone()).collect();
    let questions = questions(&mut dice, &drawing, &applied);
    (Case::new(drawing, applied, false), questions)
}
