//! A package that holds, and one for each way not to. The bundles are values: what this test program links is not asked.

use std::sync::atomic::{AtomicU32, Ordering};

use super::{super::Engine, *};
use crate::{
    dsl::Schema,
    migration::{Registration, Source},
    publish::{Bundle, Stub, StubFollows, StubOrigin},
};

type Recorder = fn(&mut Schema);

const RUST: &str = "use arvel_migrate::prelude::*;\n\nmigration! { up, down }\n";

const fn stub(name: &'static str, path: &'static str, text: &'static str) -> Stub {
    Stub { name, path, text, after: &[], follows: None, former: &[] }
}

const fn after(stub: Stub, after: &'static [StubOrigin]) -> Stub {
    Stub { after, ..stub }
}

const fn bundle(package: &'static str, stubs: &'static [Stub]) -> Bundle {
    Bundle { package, version: "0.1.0", file: "src/lib.rs", stubs }
}

fn compiled(package: &'static str, stem: &'static str, up: Recorder, down: Recorder) -> Registration {
    let source = Source::Rust { up, down: Some(down) };
    Registration { stub: true, ..Registration::new("src/stubs/a.rs", stem, "package", package, source) }
}

fn create_users(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
        table.string("email");
    });
}

fn drop_users(schema: &mut Schema) {
    schema.drop("users");
}

fn index_users(schema: &mut Schema) {
    schema.table("users", |table| {
        table.string("phone").nullable();
        table.index("email");
    });
}

fn forget_the_index(schema: &mut Schema) {
    schema.table("users", |table| table.drop_column("phone"));
}

fn take_the_index_back(schema: &mut Schema) {
    schema.table("users", |table| {
        table.drop_index("email");
        table.drop_column("phone");
    });
}

fn drop_what_is_not_there(schema: &mut Schema) {
    schema.sql("DROP TABLE nowhere");
}

fn restless(schema: &mut Schema) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("users_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    schema.create(&name, |table| {
        table.id();
    });
}

fn create_posts(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.foreign_id("user_id").constrained("users").cascade_on_delete();
    });
}

fn drop_posts(schema: &mut Schema) {
    schema.drop("posts");
}

fn create_view(schema: &mut Schema) {
    schema.create_view("names", "SELECT email FROM users");
}

fn nothing(schema: &mut Schema) {
    schema.sql("SELECT 1");
}

const USERS: Stub = stub("create_users_table", "stubs/create_users_table.rs", RUST);
const AUTH: Bundle = bundle("auth", &[USERS]);

fn users() -> Registration {
    compiled("auth", "create_users_table", create_users, drop_users)
}

async fn checked(
    name: &str,
    bundles: &[Bundle],
    stubs: &[Registration],
) -> Result<PackageReport, PackageError> {
    let stubs: Vec<&Registration> = stubs.iter().collect();
    check(Package::of(name, bundles, &stubs)?).await
}

#[tokio::test]
async fn a_package_that_holds() {
    const NOTES: &str = "-- migrate:up\nCREATE TABLE notes (id int PRIMARY KEY, body text);\n\
                         -- migrate:down\nDROP TABLE notes;\n";
    const BLOG: Bundle = bundle(
        "blog",
        &[
            after(
                stub("create_posts_table", "stubs/create_posts_table.rs", RUST),
                &[StubOrigin::Elsewhere("auth/create_users_table")],
            ),
            after(
                stub("index_users", "stubs/index_users.rs", RUST),
                &[StubOrigin::Here("create_posts_table")],
            ),
            stub("create_notes_table", "stubs/create_notes_table.sql", NOTES),
        ],
    );
    // What else is linked is not judged.
    const OTHER: Bundle = bundle("other", &[stub("Bad", "stubs/bad.rs", "")]);
    let stubs = [
        users(),
        compiled("blog", "create_posts_table", create_posts, drop_posts),
        compiled("blog", "index_users", index_users, take_the_index_back),
    ];
    let report = checked("blog", &[BLOG, OTHER, AUTH], &stubs).await.unwrap();
    assert_eq!((report.package.as_str(), report.version.as_str()), ("blog", "0.1.0"));
    assert_eq!(report.stubs, ["create_posts_table", "index_users", "create_notes_table"]);
    assert_eq!(report.needs, ["auth"]);
    assert_eq!(report.tables, ["notes", "posts"]);
    let mut engines = report.engines.clone();
    engines.extend(&report.skipped);
    engines.sort_unstable();
    let mut all = Engine::ALL.map(|engine| engine.family);
    all.sort_unstable();
    assert_eq!(engines, all);
    assert!(report.engines.contains(&Engine::SQLITE.family));
    assert!(report.to_string().starts_with("blog 0.1.0: create_posts_table, index_users"), "{report}");
}

fn create_users_of_now(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
        table.string_of("locale", 8).default("en");
        table.string("email");
    });
}

fn add_locale(schema: &mut Schema) {
    schema.table("users", |table| {
        table.string_of("locale", 8).default("en");
    });
}

fn add_another_locale(schema: &mut Schema) {
    schema.table("users", |table| {
        table.string_of("locale", 16).default("en");
    });
}

fn drop_locale(schema: &mut Schema) {
    schema.table("users", |table| table.drop_column("locale"));
}

#[tokio::test]
async fn a_follow_up_brings_the_older_shape_to_the_one_of_now() {
    const LOCALE: Stub = Stub {
        follows: Some(StubFollows { stub: "create_users_table", since: "0.1.0" }),
        ..stub("add_locale", "stubs/add_locale.rs", RUST)
    };
    const OLDER: Bundle = bundle("older", &[USERS, LOCALE]);
    let users = compiled("older", "create_users_table", create_users_of_now, drop_users);
    let good = [users, compiled("older", "add_locale", add_locale, drop_locale)];
    let report = checked("older", &[OLDER], &good).await.unwrap();
    assert_eq!(
        (report.stubs, report.follow_ups),
        (vec!["create_users_table".to_owned()], vec!["add_locale".to_owned()])
    );
    assert_eq!(report.tables, ["users"]);

    let bad = [users, compiled("older", "add_locale", add_another_locale, drop_locale)];
    let error = checked("older", &[OLDER], &bad).await.unwrap_err();
    assert_eq!(error.step, PackageStep::FollowUp);
    assert!(error.to_string().contains("column `locale` is `varchar(16)"), "{error}");
}

/// What must fail, how it must be told, and the beginning of the hint.
struct Broken {
    bundles: Vec<Bundle>,
    compiled: Vec<Registration>,
    told: &'static str,
    hint: &'static str,
}

fn sql(name: &'static str, text: &'static str) -> Broken {
    let stubs: &'static [Stub] = Box::leak(Box::new([stub(name, "stubs/a.sql", text)]));
    Broken { bundles: vec![bundle("broken", stubs)], compiled: Vec::new(), told: "", hint: "" }
}

fn rust(up: Recorder, down: Recorder) -> Broken {
    const STUBS: &[Stub] =
        &[USERS, after(stub("change", "stubs/change.rs", RUST), &[StubOrigin::Here("create_users_table")])];
    let compiled = vec![
        compiled("broken", "create_users_table", create_users, drop_users),
        compiled("broken", "change", up, down),
    ];
    Broken { bundles: vec![bundle("broken", STUBS)], compiled, told: "", hint: "" }
}

fn declared(stubs: &'static [Stub]) -> Broken {
    Broken { bundles: vec![bundle("broken", stubs)], compiled: Vec::new(), told: "", hint: "" }
}

impl Broken {
    fn told(self, told: &'static str, hint: &'static str) -> Self {
        Self { told, hint, ..self }
    }
}

const TAKEN: &[Stub] = &[after(
    stub("create_users_table", "stubs/other.rs", RUST),
    &[StubOrigin::Elsewhere("auth/create_users_table")],
)];
const UNKNOWN: &[Stub] = &[after(USERS, &[StubOrigin::Elsewhere("oauth/create_tokens_table")])];
const HERE: &[Stub] = &[stub(
    "create_users_table",
    "stubs/create_users_table.rs",
    "use crate::names;\nmigration! { up, down }\n",
)];
const CHECKED: &str = "-- migrate:up\nCREATE TABLE a (id int);\nALTER TABLE a ADD COLUMN b int REFERENCES nowhere (\n\
                       -- migrate:down\nDROP TABLE a;\n";

fn cases() -> Vec<Broken> {
    let with = |broken: Broken, more: Vec<Registration>| Broken { compiled: more, ..broken };
    let clash = Broken {
        bundles: vec![AUTH, bundle("broken", TAKEN)],
        compiled: vec![users(), compiled("broken", "other", create_posts, drop_posts)],
        ..declared(&[])
    };
    vec![
        Broken { bundles: vec![AUTH], ..declared(&[]) }.told(
            "package `broken`, reading the bundle: no bundle of it is linked into this test; linked: auth",
            "name the library once in the test, so that it is linked: `use broken as _;`",
        ),
        declared(UNKNOWN).told(
            "package `broken`, reading the bundle: stub `create_users_table` of package `broken` comes after \
             `oauth/create_tokens_table`, which no linked package bundles",
            "name the package once, so that it is linked: `use oauth as _;`",
        ),
        declared(AUTH.stubs).told(
            "package `broken`, stub `create_users_table`, reading the bundle: it is declared, and no `migration!` of it is \
             compiled in",
            "write `migration! { up, down }` at the top level of the stub",
        ),
        with(
            declared(HERE),
            vec![compiled("broken", "create_users_table", create_users, drop_users)],
        )
        .told(
            "package `broken`, stub `create_users_table`, looking at it: its text says `crate::`, which means something \
             else in an application",
            "the copy is compiled in the application: write it into the stub, or name it through the package, `broken::…`",
        ),
        rust(restless, drop_posts).told(
            "package `broken`, stub `change`, looking at it: its `up` does not say the same each time it is asked",
            "record the same operations always",
        ),
        rust(create_users, drop_users).told(
            "package `broken`, stub `change`, looking at it: it creates the table `users`, which \
             `broken/create_users_table` creates too",
            "one stub makes a table; another one changes it",
        ),
        clash.told(
            "package `broken`, stub `create_users_table`, publishing it into an empty project: ",
            "give every stub a name that no other one has",
        ),
        rust(index_users, forget_the_index).told(
            "package `broken`, stub `change` on sqlite, undoing it: what is there is not what was there before it: table \
             `users`: index `users_email_index` (email) is left over",
            "let `down` of the stub take back everything that `up` does",
        ),
        rust(create_view, nothing).told(
            "package `broken`, stub `change` on sqlite, undoing it: what is there is not what was there before it: table \
             `users`: view `names` is left over",
            "let `down` of the stub take back everything that `up` does",
        ),
        rust(create_posts, drop_what_is_not_there).told(
            "package `broken`, stub `change` on sqlite, undoing it: `DROP TABLE nowhere` failed: ",
            "mend `down` of the stub",
        ),
        sql("create_a", "-- migrate:up\nCREATE TABLE a (id int);\n").told(
            "package `broken`, stub `create_a` on sqlite, undoing it: ",
            "write a `down` that takes back everything that `up` does",
        ),
        sql("create_a", CHECKED)
        .told(
            "package `broken`, stub `create_a` on sqlite, applying it: `ALTER TABLE a ADD COLUMN b int REFERENCES nowhere (` failed: ",
            "mend `up` of the stub; a SQL stub is for every database that the package is for",
        ),
    ]
}

#[tokio::test]
async fn each_way_not_to_hold_told() {
    for broken in cases() {
        let error = checked("broken", &broken.bundles, &broken.compiled).await.expect_err(broken.told);
        assert!(error.to_string().starts_with(broken.told), "{error:?}\nis not\n{}", broken.told);
        assert!(error.hint().starts_with(broken.hint), "{error:?}\nis not\n{}", broken.hint);
        // What a test that unwraps it shows.
        assert_eq!(format!("{error:?}"), format!("{error}\n  hint: {}", error.hint()));
    }
}

/// A statement that one engine alone does not take.
#[tokio::test]
async fn a_stub_that_is_broken_on_one_engine_names_it() {
    let broken = sql(
        "create_a",
        "-- migrate:up\nCREATE TABLE a (id integer PRIMARY KEY, b blob);\n-- migrate:down\nDROP TABLE a;\n",
    );
    let answer = checked("broken", &broken.bundles, &[]).await;
    if crate::testing::TestDatabase::create(Engine::POSTGRES).await.unwrap().is_none() {
        answer.unwrap();
        return;
    }
    let error = answer.expect_err("PostgreSQL has no `blob`");
    assert_eq!((error.engine, error.step), (Some(Engine::POSTGRES.family), PackageStep::Apply));
    assert!(
        error.to_string().contains("stub `create_a` on postgres, applying it: `CREATE TABLE a"),
        "{error}"
    );
}

#[tokio::test]
async fn what_is_not_linked_is_not_there() {
    let error = check_package("acme-billing").await.unwrap_err();
    assert!(matches!(*error.problem, PackageProblem::NotLinked { .. }), "{error}");
    assert!(error.hint().contains("`use acme_billing as _;`"), "{}", error.hint());
}
