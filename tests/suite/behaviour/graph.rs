//! Sets of migrations that make no sense are refused before a database is asked for, and say so by name.

use arvel_migrate::{
    Migrator, RollbackRequest, UpgradeRequest,
    graph::Target,
    migration::{Catalog, Dependency, Label, LineName, Migration, Parents, RevisionId},
};

use crate::support::{migration, set};

/// A URL that nothing listens at: what is asserted here never gets that far.
const NOWHERE: &str = "postgres://nobody@127.0.0.1:1/none";

fn plain(stem: &str) -> Migration {
    migration(stem, |schema| {
        schema.create("t", |table| {
            table.id();
        });
    })
}

fn id(text: &str) -> RevisionId {
    RevisionId::new(text).unwrap()
}

fn with_parents(stem: &str, parents: &[&str]) -> Migration {
    Migration { parents: Parents::Of(parents.iter().map(|parent| id(parent)).collect()), ..plain(stem) }
}

fn migrator(migrations: &[Migration]) -> Result<Migrator, arvel_migrate::Error> {
    Migrator::builder(NOWHERE)?.catalog(set(migrations)).build()
}

#[test]
fn unsound_sets() {
    let label = |stem: &str, text: &str| Migration { labels: vec![Label::new(text).unwrap()], ..plain(stem) };
    let depends = Migration { depends_on: vec![Dependency::Revision(id("9_none"))], ..plain("2_b") };
    let cases: [(&str, Vec<Migration>, &[&str]); 7] = [
        ("an unknown parent", vec![plain("1_a"), with_parents("2_b", &["1_aa"])], &["2_b", "1_aa"]),
        ("an unknown dependency", vec![plain("1_a"), depends], &["2_b", "9_none"]),
        (
            "a cycle",
            vec![with_parents("1_a", &["3_c"]), with_parents("2_b", &["1_a"]), with_parents("3_c", &["2_b"])],
            &["1_a", "2_b", "3_c"],
        ),
        ("itself", vec![with_parents("1_a", &["1_a"])], &["1_a"]),
        ("a label twice", vec![label("1_a", "x"), label("2_b", "x")], &["x", "2_b"]),
        ("a label that is a revision", vec![label("1_a", "2_b"), plain("2_b")], &["2_b", "1_a"]),
        (
            "a cycle of dependencies",
            vec![
                Migration { depends_on: vec![Dependency::Revision(id("2_b"))], ..plain("1_a") },
                plain("2_b"),
            ],
            &["1_a", "2_b"],
        ),
    ];
    for (what, migrations, named) in cases {
        let Err(error) = migrator(&migrations) else { panic!("{what} is taken") };
        assert_eq!(error.exit().0, 4, "{what}: {error}");
        assert!(named.iter().all(|name| error.to_string().contains(name)), "{what}: {error}");
        assert!(error.hint().is_some_and(|hint| !hint.is_empty()), "{what}: {error}");
    }
}

#[test]
fn a_misspelt_parent_is_suggested() {
    let migrations =
        [plain("2026_01_01_000000_create_users"), with_parents("2_b", &["2026_01_01_000000_create_user"])];
    let Err(error) = migrator(&migrations) else { panic!() };
    assert!(error.hint().unwrap().contains("2026_01_01_000000_create_users"), "{:?}", error.hint());
}

#[test]
fn two_files_with_one_revision() {
    let folder = tempfile::tempdir().unwrap();
    let text = "-- revision: same\n-- migrate:up\nSELECT 1;\n";
    for name in ["1_a.sql", "2_b.sql"] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let error = Catalog::read_folder(folder.path(), &LineName::default_line()).unwrap_err();
    let text = error.to_string();
    assert!(["same", "1_a.sql", "2_b.sql"].iter().all(|part| text.contains(part)), "{text}");
    assert_eq!(arvel_migrate::Error::from(error).exit().0, 4);
}

#[test]
fn files_that_can_not_be_read() {
    let cases = [
        ("create posts.sql", "-- migrate:up\nSELECT 1;\n", "create posts.sql"),
        ("nostamp.sql", "-- migrate:up\nSELECT 1;\n", "nostamp.sql"),
        ("1_a.sql", "-- migrate:sideways\nSELECT 1;\n", "sideways"),
        ("1_a.sql", "-- migrate:up\nSELECT 1;\n-- migrate:up\nSELECT 2;\n", "migrate:up"),
        ("1_a.sql", "-- parent: 1_x\n-- migrate:up\nSELECT 1;\n", "parents"),
        ("1_a.up.sql", "SELECT 1;\n", "1_a.down.sql"),
    ];
    for (name, text, named) in cases {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        let read = Catalog::read_folder(folder.path(), &LineName::default_line());
        let Err(error) = read else { panic!("{name} with {text:?} is taken") };
        assert!(error.to_string().contains(named), "{name}: {error}");
        assert_eq!(arvel_migrate::Error::from(error).exit().0, 4, "{name}");
    }
}

#[tokio::test]
async fn targets_that_mean_nothing() {
    let migrations = [
        plain("2026_01_01_000000_create_posts"),
        plain("2026_01_02_000000_create_pages"),
        with_parents("2026_01_03_000000_left", &["2026_01_02_000000_create_pages"]),
        with_parents("2026_01_04_000000_right", &["2026_01_02_000000_create_pages"]),
    ];
    let migrator = migrator(&migrations).unwrap();
    let cases = [
        ("nothing_of_that_name", &["nothing_of_that_name"][..]),
        ("create_p", &["create_posts", "create_pages"]),
        ("2026", &["2026_01_01_000000_create_posts"]),
        ("head", &["left", "right"]),
        ("left@right", &[]),
    ];
    for (text, named) in cases {
        let request =
            UpgradeRequest { target: Some(Target::parse(text).unwrap()), ..UpgradeRequest::default() };
        // Nothing listens at the URL: a target that means nothing is told before anybody connects.
        let error = migrator.migrate(&request).await.unwrap_err();
        assert_eq!(error.exit().0, 4, "{text}: {error}");
        let said = format!("{error} {}", error.hint().unwrap_or_default());
        assert!(named.iter().all(|name| said.contains(name)), "{text}: {said}");
    }
    for text in ["", "+1abc", "create posts", "@head", "+0", "all", "a:b"] {
        let error = Target::parse(text).unwrap_err();
        assert_eq!(arvel_migrate::Error::from(error).exit().0, 4, "{text}");
    }
    let _ = RollbackRequest::All;
}
