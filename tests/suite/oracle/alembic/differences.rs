//! Where we differ from Alembic on purpose, one test each. Both sides are asserted: when a new Alembic does otherwise, the
//! test of that name says so, and the page about the graph is to be looked at again.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::{
    super::python,
    aim::Aim,
    case::{Answer, Case, Question},
    drawing::Drawing,
    ours::{self, Us},
    theirs::Alembic,
};

/// One process for all of them. It ends when its input does.
fn alembic() -> Option<MutexGuard<'static, Alembic>> {
    static ALEMBIC: OnceLock<Option<Mutex<Alembic>>> = OnceLock::new();
    let alembic =
        ALEMBIC.get_or_init(|| python::interpreter().map(|python| Mutex::new(Alembic::start(&python))));
    alembic.as_ref().map(|alembic| alembic.lock().unwrap_or_else(PoisonError::into_inner))
}

/// What runs or is named; a refusal by its beginning.
fn brief(answer: &Answer, expected: &str) -> String {
    match answer {
        Answer::Refused(why) => {
            let why = format!("refused: {why}");
            if why.starts_with(expected) { expected.to_owned() } else { why }
        }
        Answer::Names(names) => names.join(" "),
        Answer::Steps { steps, after } if steps.is_empty() => {
            format!("nothing; applied: {}", after.join(" "))
        }
        Answer::Steps { steps, .. } => steps.join(" "),
    }
}

/// Alembic's order is not what most of these are about.
fn sorted(answer: &Answer) -> Answer {
    match answer.clone() {
        Answer::Steps { mut steps, after } => {
            steps.sort();
            Answer::Steps { steps, after }
        }
        other => other,
    }
}

fn differs(drawing: &str, applied: &str, question: Question, we: &str, they: &str) {
    asked(drawing, applied, question, false, we, they);
}

fn asked(drawing: &str, applied: &str, question: Question, files: bool, we: &str, they: &str) {
    let Some(mut alembic) = alembic() else { return };
    let applied = applied.split_whitespace().map(str::to_owned).collect();
    let case = Case::new(Drawing::parse(drawing), applied, files);
    let theirs = alembic.ask(&case, std::slice::from_ref(&question)).expect("Alembic takes the graph");
    let ours = Us::of(&case).expect("we take the graph").answer(&case, &question);
    let theirs = brief(&sorted(&theirs[0]), they);
    assert_eq!((brief(&ours, we), theirs), (we.to_owned(), they.to_owned()), "{question}");
    assert!(!question.agrees(&case), "{question} is said to be the same");
}

/// Graphs that one of the two refuses.
fn refuses(drawing: &str, we: &str, they: Result<(), &str>) {
    let Some(mut alembic) = alembic() else { return };
    let case = Case::new(Drawing::parse(drawing), Vec::new(), false);
    let theirs = alembic.ask(&case, &[]);
    assert_eq!(theirs.as_ref().map(|_| ()).map_err(String::as_str), they);
    let ours = ours::graph(&case.drawing).expect_err("we refuse the graph");
    assert!(ours.starts_with(we), "{ours}");
}

fn name(text: &str) -> Aim {
    Aim::Name(text.to_owned())
}

const FORK: &str = "a\n b <- a @blog\n c <- a @shop";
const MERGED: &str = "a\n b <- a @blog\n c <- a\n m <- b,c";

#[test]
fn what_is_spliced_below_an_applied_head_runs() {
    let drawing = "a\n b <- a\n c <- b";
    differs(drawing, "a c", Question::Up(Aim::Heads), "b", "nothing; applied: a b c");
}

#[test]
fn a_fully_upgraded_database_with_dependencies_is_at_head() {
    let drawing = "a\n b needs a";
    let question = Question::AtHead;
    asked(
        drawing,
        "a b",
        question,
        true,
        "at head",
        "refused: DatabaseNotAtHead: Database is not on all head revisions",
    );
}

#[test]
fn a_revision_that_others_only_depend_on_is_a_head() {
    differs("a\n b needs a", "", Question::Find("heads".to_owned()), "a b", "b");
}

#[test]
fn ties_go_by_the_name_of_the_file() {
    let drawing = "a\n b <- a\n c <- a\n d <- b";
    let Some(mut alembic) = alembic() else { return };
    let case = Case::new(Drawing::parse(drawing), Vec::new(), false);
    let question = Question::Up(Aim::Heads);
    let theirs = alembic.ask(&case, std::slice::from_ref(&question)).expect("Alembic takes the graph");
    let ours = Us::of(&case).expect("so do we").answer(&case, &question);
    assert_eq!((brief(&ours, "").as_str(), brief(&theirs[0], "").as_str()), ("a b c d", "a b d c"));
}

#[test]
fn a_dependency_below_another_parent_is_no_harm() {
    // Alembic wants to delete a row that is not there.
    let drawing = "a\n b <- a\n x\n c <- b needs a,x";
    differs(drawing, "", Question::Up(Aim::Heads), "a b x c", "refused: KeyError: 'a'");
}

#[test]
fn a_label_and_base_leave_the_trunk_and_the_sibling() {
    differs(FORK, "a b c", Question::Down(Aim::BaseOf("blog".to_owned())), "b", "a b c");
}

#[test]
fn one_step_back_is_clear_at_a_merge() {
    differs(MERGED, "a b c m", Question::Down(Aim::Last(1)), "m", "refused: RevisionError: Ambiguous walk");
    let below = Aim::Below("m".to_owned(), 1);
    differs(MERGED, "a b c m", Question::Down(below), "m", "refused: RevisionError: Ambiguous walk");
}

#[test]
fn one_step_back_undoes_what_was_applied_last() {
    differs(FORK, "a b c", Question::Down(Aim::Last(1)), "c", "b");
}

#[test]
fn a_step_below_a_revision_leaves_its_sibling() {
    differs(FORK, "a b c", Question::Down(Aim::Below("c".to_owned(), 1)), "c", "b c");
    differs("a\n x", "a x", Question::Down(Aim::Below("a".to_owned(), 1)), "a", "a x");
}

#[test]
fn so_many_steps_are_so_many_revisions() {
    differs("a\n x\n b <- a needs x", "a", Question::Up(Aim::Next(1)), "x", "b x");
    differs(FORK, "a", Question::Up(Aim::Next(1)), "b", "refused: RevisionError: Ambiguous walk");
    let several = "refused: RevisionError: Ambiguous upgrade from multiple current revisions";
    differs("a\n b <- a\n c <- a\n d <- b", "a b c", Question::Up(Aim::Next(1)), "d", several);
}

#[test]
fn steps_above_a_revision_go_on_where_it_forks() {
    differs(
        FORK,
        "",
        Question::Up(Aim::Above("a".to_owned(), 1)),
        "a b",
        "refused: RevisionError: Ambiguous walk",
    );
}

#[test]
fn a_step_of_a_branch_is_a_revision_of_the_branch() {
    let drawing = "a\n b <- a\n c <- b @blog";
    differs(drawing, "a", Question::Up(Aim::NextOf("blog".to_owned(), 1)), "b c", "b");
    differs(FORK, "a b", Question::Down(Aim::LastOf("blog".to_owned(), 2)), "refused: target.too_far", "a b");
}

#[test]
fn a_branch_that_forks_goes_back_by_the_order_of_application() {
    let drawing = "a @blog\n b <- a\n c <- a";
    differs(
        drawing,
        "a b c",
        Question::Down(Aim::LastOf("blog".to_owned(), 1)),
        "c",
        "refused: AssertionError",
    );
}

#[test]
fn a_label_ends_where_its_branch_is_merged_with_another() {
    differs(MERGED, "", Question::Up(Aim::HeadOf("blog".to_owned())), "a b", "a b c m");
}

#[test]
fn the_trunk_is_no_member_of_a_branch() {
    let member = Aim::Member("blog".to_owned(), "a".to_owned());
    differs(FORK, "", Question::Up(member), "refused: target.outside_branch", "a");
}

#[test]
fn heads_that_need_each_other_are_targets_together() {
    let overlap = "refused: RevisionError: Requested revision c overlaps with other requested revisions b";
    differs("a\n b <- a\n c <- a needs b", "", Question::Up(Aim::HeadsOf("a".to_owned())), "a b c", overlap);
}

#[test]
fn a_target_that_only_dependents_stand_on_is_there_already() {
    let they = "refused: RangeNotAncestorError";
    differs("a\n b needs a", "a b", Question::Down(name("a")), "nothing; applied: a b", they);
}

#[test]
fn a_number_with_something_behind_it_is_no_target() {
    let Some(mut alembic) = alembic() else { return };
    let case = Case::new(Drawing::parse("a\n b <- a"), Vec::new(), false);
    let question = Question::Up(name("+1abc"));
    let theirs = alembic.ask(&case, std::slice::from_ref(&question)).expect("Alembic takes the graph");
    let ours = Us::of(&case).expect("so do we").answer(&case, &question);
    assert_eq!(brief(&ours, "refused: target.trailing"), "refused: target.trailing");
    assert_eq!(brief(&theirs[0], ""), "a");
}

#[test]
fn a_cycle_between_a_base_and_a_head_is_seen() {
    refuses(
        "r\n a <- r,c\n b <- a\n c <- b\n d <- c",
        "graph.cycle: revisions wait for each other: `a` -> `c` -> `b` -> `a`",
        Ok(()),
    );
}

#[test]
fn two_files_with_one_revision_are_refused() {
    refuses("a\n b <- a\n b <- a", "graph.duplicate_revision", Ok(()));
}

#[test]
fn a_parent_that_nobody_has_is_named() {
    refuses(
        "a\n b <- nowhere",
        "graph.unknown_parent: revision `b` in `2_s2` has the parent `nowhere`",
        Err("KeyError: 'nowhere'"),
    );
}

#[test]
fn a_dependency_is_a_revision_and_no_label() {
    refuses(
        "a @blog\n b needs blog",
        "graph.unknown_dependency: revision `b` in `2_s2` depends on `blog`",
        Ok(()),
    );
}

#[test]
fn a_beginning_that_means_several_lists_them() {
    let drawing = "ab12aa\n ab12bb <- ab12aa";
    let Some(mut alembic) = alembic() else { return };
    let case = Case::new(Drawing::parse(drawing), Vec::new(), true);
    for (text, we) in [
        ("ab12", "refused: target.ambiguous: `ab12` begins the revisions 2 revisions: `ab12aa`, `ab12bb`"),
        ("zz12", "refused: target.unknown"),
    ] {
        let question = Question::Up(name(text));
        let theirs = alembic.ask(&case, std::slice::from_ref(&question)).expect("Alembic takes the graph");
        let ours = Us::of(&case).expect("so do we").answer(&case, &question);
        assert_eq!(brief(&ours, we), we);
        // One text for both.
        let they = format!("refused: CommandError: Can't locate revision identified by '{text}'");
        assert_eq!(brief(&theirs[0], &they), they);
    }
}

#[test]
fn three_characters_are_no_beginning_of_a_revision() {
    differs(
        "ab12aa\n cd34bb <- ab12aa",
        "",
        Question::Find("cd3".to_owned()),
        "refused: target.unknown",
        "cd34bb",
    );
}

#[test]
fn a_stamp_leaves_other_branches() {
    let they = "nothing; applied: a b";
    differs(MERGED, "a b c m", Question::Stamp("b".to_owned()), "nothing; applied: a b c", they);
    // And what merely depends on it.
    differs(
        "a\n b needs a",
        "a b",
        Question::Stamp("a".to_owned()),
        "nothing; applied: a b",
        "nothing; applied: a",
    );
}

#[test]
fn a_range_holds_what_leads_from_its_start_to_its_end() {
    differs(
        "a\n x\n b <- a needs x",
        "",
        Question::Between("x".to_owned(), "b".to_owned()),
        "b x",
        "refused: AssertionError",
    );
}
