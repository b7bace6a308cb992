//! The smallest case that still fails.

use super::{
    case::{Case, Question},
    ours::Us,
    problem,
    theirs::Alembic,
};

/// Takes away what the failure does not need, until nothing can go; then tells it.
pub(super) fn least(alembic: &mut Alembic, case: &Case, question: &Question) -> String {
    let mut least = case.clone();
    while let Some(smaller) =
        smaller(&least).into_iter().find(|case| fails(alembic, case, question).is_some())
    {
        least = smaller;
    }
    let Some((what, ours, theirs)) = fails(alembic, &least, question) else {
        return "it failed once".to_owned();
    };
    format!(
        "{what}\n{}applied, in this order: {}\n{question}\n    ours   {ours}\n    theirs {theirs}",
        least.drawing,
        least.applied.join(" ")
    )
}

fn fails(alembic: &mut Alembic, case: &Case, question: &Question) -> Option<(&'static str, String, String)> {
    let us = Us::of(case).ok()?;
    let theirs = alembic.ask(case, std::slice::from_ref(question)).ok()?.pop()?;
    let ours = us.answer(case, question);
    let what = problem(case, question, &ours, &theirs)?;
    Some((what, ours.to_string(), theirs.to_string()))
}

/// The case without one thing, whatever that is.
fn smaller(case: &Case) -> Vec<Case> {
    let with = |drawing| Case::new(drawing, case.applied.clone(), case.files);
    let mut all: Vec<Case> = Vec::new();
    for name in case.drawing.names().iter().rev() {
        let applied = case.applied.iter().filter(|applied| *applied != name).cloned().collect();
        all.push(Case::new(case.drawing.without(name), applied, case.files));
    }
    for at in 0..case.drawing.0.len() {
        let one = &case.drawing.0[at];
        for lost in 0..one.parents.len() {
            let mut drawing = case.drawing.clone();
            drawing.0[at].parents.remove(lost);
            all.push(with(drawing));
        }
        for lost in 0..one.needs.len() {
            let mut drawing = case.drawing.clone();
            drawing.0[at].needs.remove(lost);
            all.push(with(drawing));
        }
        for lost in 0..one.labels.len() {
            let mut drawing = case.drawing.clone();
            drawing.0[at].labels.remove(lost);
            all.push(with(drawing));
        }
    }
    if let Some((_, earlier)) = case.applied.split_last() {
        all.push(Case { applied: earlier.to_vec(), ..case.clone() });
    }
    all
}
