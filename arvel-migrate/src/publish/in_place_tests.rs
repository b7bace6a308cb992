//! Stubs as migrations: identity, place, and what a published file changes.

use super::*;
use crate::{
    dsl::Schema,
    graph::{Graph, testing::migration as drawn},
    history::{HistoryRow, State, compare},
    migration::{Checksum, const_stem},
    publish::StubOrigin::{self, Elsewhere, Here},
};

const RUST: &str =
    "migration! { up, down }\nfn up(schema: &mut Schema) {}\nfn down(schema: &mut Schema) {}\n";
const SQL: &str = "-- migrate:up\nCREATE TABLE t (id INT);\n-- migrate:down\nDROP TABLE t;\n";

fn up(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
    });
}

const fn rust(name: &'static str, path: &'static str, after: &'static [StubOrigin]) -> Stub {
    Stub { name, path, text: RUST, after, follows: None, former: &[] }
}

const fn sql(name: &'static str, text: &'static str, after: &'static [StubOrigin]) -> Stub {
    Stub { name, path: "stubs/s.sql", text, after, follows: None, former: &[] }
}

const fn bundle(package: &'static str, stubs: &'static [Stub]) -> Bundle {
    Bundle { package, version: "0.1.0", file: "src/lib.rs", stubs }
}

const AUTH: Bundle = bundle(
    "arvel-auth",
    &[
        rust("create_users_table", "stubs/users.rs", &[]),
        sql("create-tokens", SQL, &[Here("create_users_table")]),
        sql("create_resets", SQL, &[]),
    ],
);
const MEDIA: Bundle = bundle("media", &[sql("media", SQL, &[Elsewhere("arvel-auth/create_users_table")])]);

fn registration(file: &'static str) -> Registration {
    let body = Source::Rust { up, down: None };
    Registration {
        stub: true,
        ..Registration::new(file, const_stem(file), "package:arvel-auth", "arvel-auth", body)
    }
}

fn origin(text: &str) -> Origin {
    text.parse().unwrap()
}

fn joined(bundles: &[Bundle], packages: &[&str], published: &[&str]) -> Result<Vec<Migration>, InPlaceError> {
    let published = published
        .iter()
        .map(|text| {
            let (text, database) = text.split_once('@').unwrap_or((text, "default"));
            let database = Some(database.to_owned());
            let file = Migration { origin: Some(origin(text)), database, ..drawn("1_file") };
            (origin(text), vec![Arc::new(file)])
        })
        .collect();
    let bodies = [registration("src/stubs/users.rs"), registration("src/stubs/other.rs")];
    in_place_from(bundles, &bodies, packages, &published)
}

/// Each as `line revision <- parent needs dependencies`.
fn shown(migrations: &[Migration]) -> Vec<String> {
    let line = |migration: &Migration| {
        let parents = match &migration.parents {
            Parents::Of(parents) => parents.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
            other => format!("{other:?}"),
        };
        let needs: Vec<String> = migration.depends_on.iter().map(ToString::to_string).collect();
        format!("{} {} <- {parents} needs {}", migration.line, migration.revision, needs.join(","))
    };
    migrations.iter().map(line).collect()
}

#[test]
fn a_package_is_a_line_of_its_own() {
    let found = joined(&[AUTH, MEDIA], &["media", "arvel-auth"], &[]).unwrap();
    assert_eq!(
        shown(&found),
        [
            "package:arvel-auth arvel_auth_create_users_table <- Root needs ",
            "package:arvel-auth arvel_auth_create_tokens <- arvel_auth_create_users_table needs arvel-auth/create_users_table",
            "package:arvel-auth arvel_auth_create_resets <- arvel_auth_create_tokens needs ",
            "package:media media_media <- Root needs arvel-auth/create_users_table",
        ]
    );
    assert_eq!(found[1].slug(), "create_tokens");
    assert_eq!(found[0].origin, Some(origin("arvel-auth/create_users_table")));
    assert_eq!(found[2].path.as_deref(), Some(Path::new("src/stubs/s.sql")));
    let graph = Graph::build(found.into_iter().map(Arc::new).collect()).unwrap();
    let names: Vec<&str> = graph.order().iter().map(RevisionId::as_str).collect();
    assert_eq!(names[0], "arvel_auth_create_users_table");
    // Of parent and dependency one edge is left.
    assert_eq!(graph.dependencies(&graph.order()[1]).len(), 0, "{names:?}");
}

#[test]
fn what_a_file_carries_is_left_out_and_depended_on() {
    let found = joined(&[AUTH], &["arvel-auth"], &["arvel-auth/create-tokens"]).unwrap();
    assert_eq!(
        shown(&found),
        [
            "package:arvel-auth arvel_auth_create_users_table <- Root needs ",
            "package:arvel-auth arvel_auth_create_resets <- arvel_auth_create_users_table needs arvel-auth/create-tokens",
        ]
    );
    // A file of another database carries the origin, and is nothing to wait for.
    let found = joined(&[AUTH], &["arvel-auth"], &["arvel-auth/create-tokens@reports"]).unwrap();
    assert_eq!(shown(&found)[1].rsplit("needs ").next(), Some(""));
    assert!(joined(&[AUTH], &[], &[]).unwrap().is_empty());
}

#[test]
fn the_application_comes_behind_and_is_depended_on_by_origin() {
    let mut all = joined(&[AUTH], &["arvel-auth"], &[]).unwrap();
    all.push(drawn("1_posts needs arvel-auth/create_users_table"));
    all.push(drawn("0_first"));
    let graph = Graph::build(all.into_iter().map(Arc::new).collect()).unwrap();
    let names: Vec<&str> = graph.order().iter().map(RevisionId::as_str).collect();
    assert_eq!(
        names,
        [
            "arvel_auth_create_users_table",
            "arvel_auth_create_tokens",
            "arvel_auth_create_resets",
            "0_first",
            "1_posts"
        ]
    );
}

#[test]
fn stubs_of_another_database_are_a_line_there() {
    const SAID: Bundle = bundle(
        "audit",
        &[
            sql("a", "-- database: reports\nSELECT 1;\n", &[]),
            sql("b", SQL, &[]),
            sql("c", "-- database: reports\nSELECT 1;\n", &[]),
        ],
    );
    let found = joined(&[SAID], &["audit"], &[]).unwrap();
    let databases: Vec<&str> = found.iter().map(Migration::database_name).collect();
    assert_eq!(databases, ["reports", "default", "reports"]);
    assert_eq!(found[1].parents, Parents::Root);
    assert_eq!(found[2].parents, Parents::Of(vec![found[0].revision.clone()]));
}

#[test]
fn both_forms_have_one_checksum_and_one_row() {
    const READS: &str = "migration! { up, down, reads: [\"tenant\"] }\nfn up() {}\nfn down() {}\n";
    const READING: Bundle =
        bundle("arvel-auth", &[Stub { text: READS, ..rust("create_users_table", "stubs/users.rs", &[]) }]);
    let stub = bundled_from(&[READING]).unwrap().remove(0);
    let reading = Registration {
        reads: Some(crate::migration::Reads { entries: &["tenant"], text: READS }),
        ..registration("src/stubs/users.rs")
    };
    let here = in_place_from(&[READING], &[reading], &["arvel-auth"], &Published::new()).unwrap().remove(0);
    let text: &'static str = Box::leak(published_text(&stub, &OwnPlace::default()).unwrap().into_boxed_str());
    let published = Registration {
        stub: false,
        origin: Some("arvel-auth/create_users_table"),
        reads: Some(crate::migration::Reads { entries: &["tenant"], text }),
        ..Registration::new("db/1_users.rs", "1_users", "default", "app", Source::Rust { up, down: None })
    };
    let published = Migration::from_registration(&published).unwrap();
    assert_eq!(Checksum::of(&here), Checksum::of(&published));
    assert_eq!(here.identity(), published.identity());
    assert_eq!(here.journal_name(), published.journal_name());

    let row = |migration: &Migration| HistoryRow {
        revision: migration.revision.clone(),
        seq: 1,
        batch: Some(1),
        line: migration.line.to_string(),
        origin: migration.origin.as_ref().map(ToString::to_string),
        checksum: Checksum::of(migration),
        applied_at: String::new(),
        duration_ms: 0,
        stamped: false,
        tool_version: String::new(),
        undo: None,
    };
    for (ran, now) in [(&here, &published), (&published, &here)] {
        let graph = Graph::build(vec![Arc::new(now.clone())]).unwrap();
        let comparison = compare(&graph, &[row(ran)], &Checksum::of);
        assert_eq!(comparison.states()[0].state, State::Applied);
        // Half applied in one form, it is half applied in the other.
        let begun = compare(&graph, &[], &Checksum::of).with_failed([&ran.journal_name()]);
        assert_eq!(begun.states()[0].state, State::Failed);
    }
}

#[test]
fn refusals_say_what_to_do() {
    const TWO: [Bundle; 2] = [bundle("a", &[sql("b_c", SQL, &[])]), bundle("a-b", &[sql("c", SQL, &[])])];
    const LOST: Bundle = bundle("arvel-auth", &[rust("a", "stubs/nowhere.rs", &[])]);
    const BAD: Bundle = bundle("p", &[sql("a", "-- migrate:down\nSELECT 1;\n", &[])]);
    let cases: [(&[Bundle], &[&str], &str, i32); 4] = [
        (
            &[AUTH],
            &["arvel-ath"],
            "in_place.unknown_package: no linked package is called `arvel-ath`; registered: arvel-auth; did you mean \
             `arvel-auth`? a package that is only a line in Cargo.toml is never linked and registers nothing; name it once: \
             `use arvel_ath as _;`",
            3,
        ),
        (
            &TWO,
            &["a", "a-b"],
            "in_place.one_revision: stubs `a/b_c` and `a-b/c` would both be the revision `a_b_c`; publish it instead: `db \
             publish --package a-b`",
            4,
        ),
        (
            &[LOST],
            &["arvel-auth"],
            "in_place.not_compiled: stub `arvel-auth/a` is not compiled in; the stub's file says `migration! { up, down }`, \
             and its package lists it in `bundle!`",
            4,
        ),
        (&[BAD], &["p"], "publish.bundle", 1),
    ];
    for (bundles, packages, expected, exit) in cases {
        let error = joined(bundles, packages, &[]).expect_err(expected);
        let text = format!("{}: {error}; {}", error.code(), error.hint());
        assert!(text.starts_with(expected), "{text}");
        assert_eq!(i32::from(error.exit().0), exit);
    }
}

#[test]
fn follow_ups_stand_beside_the_line() {
    const LOCALE: &str = "-- migrate:up\nALTER TABLE t ADD locale text;\n-- migrate:down\nSELECT 1;\n";
    const fn follow_up(name: &'static str, since: &'static str) -> Stub {
        Stub { follows: Some(crate::publish::StubFollows { stub: "t", since }), ..sql(name, LOCALE, &[]) }
    }
    const PEOPLE: Bundle = Bundle {
        version: "0.3.0",
        ..bundle(
            "p",
            &[
                sql("t", SQL, &[]),
                follow_up("city", "0.3.0"),
                follow_up("locale", "0.2.0"),
                sql("u", SQL, &[Here("locale")]),
            ],
        )
    };
    let found = joined(&[PEOPLE], &["p"], &[]).unwrap();
    assert_eq!(
        shown(&found),
        [
            "package:p p_t <- Root needs ",
            "package:p p_locale <- p_t needs p/t",
            "package:p p_city <- p_locale needs p/t",
            "package:p p_u <- p_t needs p/t",
        ]
    );
    assert!(found[1].is_follow_up() && !found[3].is_follow_up());
    assert_eq!(found[0].in_place.as_ref().unwrap().version.to_string(), "0.3.0");
    let graph = Graph::build(found.into_iter().map(Arc::new).collect()).unwrap();
    assert_eq!(graph.heads().iter().map(RevisionId::as_str).collect::<Vec<_>>(), ["p_u"]);
    assert_eq!(graph.branch_points(), []);

    // A file with another text than the package has today: the publisher brings what it needs.
    let names =
        |found: Vec<Migration>| -> Vec<String> { found.iter().map(|of| of.revision.to_string()).collect() };
    assert_eq!(names(joined(&[PEOPLE], &["p"], &["p/t"]).unwrap()), ["p_u"]);
    // One with today's: an older text may have run in place.
    let mut today = joined(&[PEOPLE], &["p"], &[]).unwrap().remove(0);
    (today.line, today.in_place) = (LineName::default_line(), None);
    let published = Published::from([(origin("p/t"), vec![Arc::new(today)])]);
    let found = in_place_from(&[PEOPLE], &[], &["p"], &published).unwrap();
    assert_eq!(names(found), ["p_locale", "p_city", "p_u"]);

    let error = joined(&[PEOPLE], &["p"], &["p/locale"]).unwrap_err();
    assert_eq!((error.code(), error.exit()), ("in_place.follow_up_alone", Exit::GRAPH));
    assert!(error.hint().contains("put the file of `p/t` back"), "{}", error.hint());
}
