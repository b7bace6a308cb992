//! Where new files go, on small drawn graphs.

use super::*;
use crate::graph::testing::{draw, id, names};

const FORK: &str = "1_a
    2_b <- 1_a @blog
    3_c <- 1_a
    4_d <- 2_b";

fn place(head: &str, splice: bool) -> Place {
    Place { head: Some(Target::parse(head).unwrap()), splice, ..Place::default() }
}

fn parents(graph: &Graph, place: &Place, style: HistoryStyle) -> Result<Option<Vec<String>>, &'static str> {
    let header = place.header(graph, &LineName::default_line(), style);
    header.map(|header| header.parents).map_err(|error| {
        assert!(!error.hint().is_empty(), "{error}");
        error.code()
    })
}

#[test]
fn what_a_new_file_follows() {
    use HistoryStyle::{Graph as Explicit, Linear};
    let (line, fork, nothing) = (draw("1_a\n2_b <- 1_a"), draw(FORK), draw(""));
    let of = |names: &[&str]| Ok(Some(names.iter().map(|name| (*name).to_owned()).collect()));
    let anywhere = Place::default();
    assert_eq!(parents(&line, &anywhere, Linear), Ok(None));
    assert_eq!(parents(&fork, &anywhere, Linear), Ok(None));
    assert_eq!(parents(&line, &anywhere, Explicit), of(&["2_b"]));
    assert_eq!(parents(&nothing, &anywhere, Explicit), of(&[]));
    assert_eq!(parents(&fork, &anywhere, Explicit), Err("place.several_heads"));
    assert_eq!(parents(&line, &place("head", false), Linear), of(&["2_b"]));
    assert_eq!(parents(&line, &place("base", false), Linear), of(&[]));
    assert_eq!(parents(&fork, &place("blog@head", false), Explicit), of(&["4_d"]));
    assert_eq!(parents(&fork, &place("blog", false), Linear), Err("place.not_a_head"));
    assert_eq!(parents(&fork, &place("blog", true), Linear), of(&["2_b"]));
    assert_eq!(parents(&fork, &place("heads", false), Linear), Err("place.not_one"));
    assert_eq!(parents(&fork, &place("head", false), Linear), Err("place.several_heads"));
    assert_eq!(parents(&fork, &place("5_e", false), Linear), Err("target.unknown"));
    assert_eq!(parents(&fork, &place("-1", false), Linear), Err("place.needs_database"));
    assert_eq!(parents(&fork, &place("current", false), Linear), Err("place.needs_database"));
}

#[test]
fn the_ways_on_are_named() {
    let error = Place::default().header(&draw(FORK), &LineName::default_line(), HistoryStyle::Graph);
    let error = error.unwrap_err();
    assert_eq!(
        format!("{error}; {}", error.hint()),
        "a new migration follows the head, and there are 2: `3_c`, `4_d`; join them with `db merge heads`, or name the \
         one to go on from: `--head 3_c`"
    );
    let error = place("2_b", false).header(&draw(FORK), &LineName::default_line(), HistoryStyle::Linear);
    let error = error.unwrap_err();
    assert_eq!(
        format!("{error}; {}", error.hint()),
        "`2_b` is not a head: `4_d` follows it; `--head 2_b --splice` begins a branch there; `--head 4_d` goes on at \
         the end"
    );
}

#[test]
fn dependencies_are_written_whole() {
    let place = Place { depends_on: vec!["blog".into(), "arvel-auth/users".into()], ..Place::default() };
    let header = place.header(&draw(FORK), &LineName::default_line(), HistoryStyle::Linear).unwrap();
    assert_eq!(header.depends_on, ["2_b", "arvel-auth/users"]);
}

fn merged(graph: &Graph, targets: &[&str], splice: bool) -> Result<Vec<String>, &'static str> {
    let targets: Vec<Target> = targets.iter().map(|text| Target::parse(text).unwrap()).collect();
    let parents = merge_parents(graph, &targets, splice);
    parents.map(|parents| parents.iter().map(ToString::to_string).collect()).map_err(|error| error.code())
}

#[test]
fn what_can_be_merged() {
    let (line, fork) = (draw("1_a\n2_b <- 1_a"), draw(FORK));
    let of = |names: &[&str]| Ok(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    assert_eq!(merged(&fork, &[], false), of(&["3_c", "4_d"]));
    assert_eq!(merged(&fork, &["heads"], false), of(&["3_c", "4_d"]));
    assert_eq!(merged(&fork, &["4_d", "3_c"], false), of(&["4_d", "3_c"]));
    assert_eq!(merged(&fork, &["blog@head", "3_c"], false), of(&["4_d", "3_c"]));
    assert_eq!(merged(&line, &[], false), Err("place.nothing_to_merge"));
    assert_eq!(merged(&line, &["heads"], false), Err("place.nothing_to_merge"));
    assert_eq!(merged(&draw(""), &["heads"], false), Err("place.nothing_to_merge"));
    assert_eq!(merged(&fork, &["4_d"], false), Err("place.only_one"));
    assert_eq!(merged(&fork, &["4_d", "4_d"], false), Err("place.only_one"));
    assert_eq!(merged(&fork, &["1_a", "3_c"], false), Err("place.related"));
    assert_eq!(merged(&fork, &["2_b", "3_c"], false), Err("place.not_a_head"));
    assert_eq!(merged(&fork, &["2_b", "3_c"], true), of(&["2_b", "3_c"]));
    assert_eq!(merged(&fork, &["2_b", "9_x"], false), Err("target.unknown"));
    assert_eq!(merged(&fork, &["current", "3_c"], false), Err("place.needs_database"));
}

#[test]
fn what_the_graph_would_refuse_is_not_written() {
    let graph = draw(FORK);
    let code = |header: FileHeader| {
        let path = PathBuf::from("database/migrations/5_e.rs");
        check_place(&graph, "5_e", &LineName::default_line(), path, &header).map_err(|error| error.code())
    };
    assert_eq!(code(FileHeader { parents: Some(vec!["4_d".into()]), ..FileHeader::default() }), Ok(()));
    let of = |label: &str| FileHeader { labels: vec![label.to_owned()], ..FileHeader::default() };
    assert_eq!(code(of("blog")), Err("graph.duplicate_label"));
    assert_eq!(code(of("3_c")), Err("graph.label_is_revision"));
    assert_eq!(code(of("5_e")), Err("graph.label_is_revision"));
    let revision = FileHeader { revision: Some("3_c".into()), ..FileHeader::default() };
    assert_eq!(code(revision), Err("graph.duplicate_revision"));
    let needs = FileHeader { depends_on: vec!["p/s".into()], ..FileHeader::default() };
    assert_eq!(code(needs), Err("graph.unknown_origin"));
}

#[test]
fn who_names_a_revision_is_known() {
    let graph = draw(
        "1_a
         2_b
         3_c <- 2_b
         4_d needs 2_b",
    );
    let found: Vec<(RevisionId, &str)> =
        referrers(&graph, &id("2_b")).into_iter().map(|of| (of.revision, of.key)).collect();
    assert_eq!(found, [(id("3_c"), "parents"), (id("4_d"), "depends_on")]);
    // What merely sorts behind it names nothing.
    assert!(referrers(&graph, &id("1_a")).is_empty(), "{:?}", names(graph.order()));
}
