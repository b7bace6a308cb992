//! The application as its users meet it: each route, on every database that can be reached, and once over a real
//! socket with the migrations applied by the start.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::path::Path;

use arvel_core::{Config, Context, Environment, Surroundings};
use arvel_migrate::{
    RollbackRequest, UpgradeRequest,
    project::{BUILD_RS, FolderKind, ProjectFolder, Stamp},
    publish::{PublishOptions, PublishState, bundled, plan_publish, read_files},
    seed::Seeders,
    testing::{Engine, TestDatabase},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A migrated and seeded database, and the routes on it.
async fn seeded(engine: Engine) -> Option<(TestDatabase, Router)> {
    let database = TestDatabase::create(engine).await.unwrap()?;
    let migrator = database.builder().build().unwrap();
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    let seeders = Seeders::compiled().unwrap();
    for _ in 0..2 {
        // Twice: seeders are repeatable.
        let done = migrator.seed(&seeders, None, Environment::Testing).await.unwrap();
        assert_eq!(done, ["users", "posts"]);
    }
    let config = Config::of([("databases.default.url", database.url_text().into())]);
    let context = Context::new("example-app", ROOT, Environment::Testing, config);
    let routes = example_app::routes(context).await.unwrap();
    Some((database, routes))
}

async fn get(routes: &Router, path: &str, accept: &str) -> Response<Body> {
    let request = Request::get(path).header(header::ACCEPT, accept).body(Body::empty()).unwrap();
    routes.clone().oneshot(request).await.unwrap()
}

async fn post(routes: &Router, body: &str) -> Response<Body> {
    let request = Request::post("/posts")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, "the test")
        .body(Body::from(body.to_owned()))
        .unwrap();
    routes.clone().oneshot(request).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().into()).unwrap()
}

async fn json_of(response: Response<Body>) -> Value {
    serde_json::from_str(&text(response).await).unwrap()
}

#[tokio::test]
async fn every_route_on_every_database() {
    for engine in Engine::ALL {
        let Some((database, routes)) = seeded(engine).await else { continue };

        let list = get(&routes, "/", "*/*").await;
        assert_eq!(list.status(), StatusCode::OK);
        let wire = json!({
            "id": 2, "title": "A nanosecond of wire", "slug": "a-nanosecond-of-wire",
            "body": "Thirty centimetres: so far light gets in a billionth of a second.",
            "author_id": 2, "author": "Grace Hopper", "cover": "covers/a-nanosecond-of-wire.svg",
            "published_at": "2026-11-20T15:00:00Z",
        });
        let list = json_of(list).await;
        assert_eq!((list.as_array().unwrap().len(), &list[0]), (2, &wire), "{engine:?}");
        assert_eq!(list[1]["author"], "Ada Lovelace");
        assert_eq!(json_of(get(&routes, "/posts/2", "*/*").await).await, wire);

        let page = get(&routes, "/", "text/html,*/*;q=0.8").await;
        assert_eq!(page.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(text(page).await.contains("<img src=\"/covers/a-nanosecond-of-wire.svg\" alt=\"\">"));
        let cover = get(&routes, "/covers/a-nanosecond-of-wire.svg", "*/*").await;
        assert_eq!(
            (cover.status(), &cover.headers()[header::CONTENT_TYPE]),
            (StatusCode::OK, &"image/svg+xml".parse().unwrap())
        );

        let created =
            post(&routes, r#"{"title": " On <b>bugs</b> ", "body": "One moth.", "author_id": 2}"#).await;
        assert_eq!(created.status(), StatusCode::CREATED, "{engine:?}");
        let location = created.headers()[header::LOCATION].to_str().unwrap().to_owned();
        let created = json_of(created).await;
        assert_eq!(location, format!("/posts/{}", created["id"]));
        assert_eq!(
            (&created["title"], &created["slug"], &created["cover"]),
            (&json!("On <b>bugs</b>"), &json!("on-b-bugs-b"), &Value::Null)
        );
        let found = json_of(get(&routes, &location, "*/*").await).await;
        assert_eq!(found, created);
        let first = json_of(get(&routes, "/", "*/*").await).await[0].clone();
        assert_eq!(first, created, "newest first");

        let draft =
            json_of(post(&routes, r#"{"title": "Later", "author_id": 1, "draft": true}"#).await).await;
        assert_eq!(draft["published_at"], Value::Null);
        assert_eq!(json_of(get(&routes, "/", "*/*").await).await.as_array().unwrap().len(), 3, "no drafts");

        audited(&database, &created).await;
    }
}

/// The change and who made it are both there, and nothing of what was refused.
async fn audited(database: &TestDatabase, created: &Value) {
    let mut db = database.connect().await.unwrap();
    let sql = "SELECT actor_type, actor_id, auditable_type, auditable_id, event, new_values, user_agent, url \
               FROM audit_entries ORDER BY id";
    let rows = db.fetch_all(sql, &[]).await.unwrap();
    assert_eq!(rows.len(), 2);
    let row = &rows[0];
    let texts =
        ["actor_type", "auditable_type", "event", "user_agent", "url"].map(|name| row.text(name).unwrap());
    assert_eq!(texts, ["user", "post", "created", "the test", "/posts"]);
    assert_eq!((row.integer("actor_id"), row.integer("auditable_id")), (Some(2), created["id"].as_i64()));
    let values: Value = serde_json::from_str(row.text("new_values").unwrap()).unwrap();
    let expected = json!({
        "title": "On <b>bugs</b>", "slug": "on-b-bugs-b", "body": "One moth.", "author_id": 2, "draft": false,
    });
    assert_eq!(values, expected);
}

#[tokio::test]
async fn what_is_refused_is_said_and_leaves_nothing() {
    for engine in Engine::ALL {
        let Some((database, routes)) = seeded(engine).await else { continue };
        let long = json!({ "title": "a".repeat(201), "author_id": 1 }).to_string();
        let invalid = |field: &str, problem: &str| json!({ "error": "the post is not valid", "fields": { field: problem } });
        let cases = [
            (r#"{"title": "  ", "author_id": 1}"#, invalid("title", "must not be empty")),
            (&long, invalid("title", "must not have more than 200 characters")),
            (r#"{"title": "?", "author_id": 1}"#, invalid("title", "needs a letter or a digit")),
            (r#"{"title": "New", "author_id": 99}"#, invalid("author_id", "there is no user 99")),
            (
                r#"{"title": "A Nanosecond of Wire!", "author_id": 1}"#,
                invalid("title", "there is a post `a-nanosecond-of-wire` already"),
            ),
        ];
        for (body, expected) in cases {
            let response = post(&routes, body).await;
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{engine:?} {body}");
            assert_eq!(json_of(response).await, expected, "{engine:?}");
        }
        for (body, status) in [
            ("{", StatusCode::BAD_REQUEST),
            (r#"{"title": "New"}"#, StatusCode::UNPROCESSABLE_ENTITY),
            (r#"{"title": "New", "author_id": 1, "autor": 2}"#, StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            let response = post(&routes, body).await;
            assert_eq!(response.status(), status, "{body}");
            assert!(json_of(response).await["error"].is_string());
        }
        for path in
            ["/posts/99", "/posts/nan", "/covers/..%2Fcovers%2Fx.svg", "/covers/none.svg", "/covers/.svg"]
        {
            let response = get(&routes, path, "*/*").await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(json_of(response).await, json!({ "error": "not found" }));
        }
        let mut db = database.connect().await.unwrap();
        for (table, count) in [("posts", 2), ("audit_entries", 0), ("media", 2)] {
            let row =
                db.fetch_one(&format!("SELECT count(*) AS n FROM {table}"), &[]).await.unwrap().unwrap();
            assert_eq!(row.integer("n"), Some(count), "{engine:?} {table}");
        }
    }
}

#[tokio::test]
async fn the_way_back_leaves_nothing() {
    for engine in Engine::ALL {
        let Some((database, _)) = seeded(engine).await else { continue };
        let before = database.schema().await.unwrap();
        let migrator = database.builder().build().unwrap();
        migrator.rollback(&RollbackRequest::All).await.unwrap();
        assert_eq!(database.schema().await.unwrap().tables.into_keys().collect::<Vec<_>>(), [], "{engine:?}");
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        assert_eq!(database.schema().await.unwrap(), before, "{engine:?}");
    }
}

#[tokio::test]
async fn a_request_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("app.db");
    let config = Config::of([("databases.default.url", format!("sqlite://{}", file.display()).into())]);
    let context = Context::new("example-app", ROOT, Environment::Testing, config);
    let routes = example_app::routes(context).await.unwrap();
    let response = get(&routes, "/", "*/*").await;
    assert!(response.status().is_server_error() && !file.exists());
}

#[tokio::test]
async fn the_database_that_is_gone_is_a_503_without_its_secrets() {
    let url = "postgres://someone:hidden@127.0.0.1:1/nothing";
    let config = Config::of([("databases.default.url", url.into())]);
    let context = Context::new("example-app", ROOT, Environment::Testing, config);
    let routes = example_app::routes(context).await.unwrap();
    let response = get(&routes, "/", "*/*").await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(text(response).await, r#"{"error":"something went wrong"}"#);
}

#[tokio::test]
async fn serving_migrates_first() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("new/app.db").display());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let surroundings = Surroundings::bare(ROOT).variable("DATABASE_URL", url);
    let arguments = ["example-app", "--env", "testing", "serve"].map(Into::into);
    let server = tokio::spawn(example_app::app().listener(listener).run_in(arguments, surroundings));
    let mut answer = String::new();
    for _ in 0..200 {
        answer = raw_get(address, "/").await;
        if answer.starts_with("HTTP/1.1 200") {
            break;
        }
        assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(answer.ends_with("\r\n\r\n[]"), "{answer}");
    assert!(raw_get(address, "/health/ready").await.ends_with(r#"{"status":"ready"}"#));
    server.abort();
}

async fn raw_get(address: std::net::SocketAddr, path: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[test]
fn the_command_tree_is_sound() {
    example_app::app().clap_command().debug_assert();
}

#[test]
fn the_readme_speaks_this_command_line() {
    let commands: Vec<&str> = include_str!("../README.md")
        .lines()
        .filter_map(|line| line.strip_prefix("$ cargo run -q -p example-app -- "))
        .collect();
    assert!(commands.len() > 8, "{commands:?}");
    for command in commands {
        let arguments = std::iter::once("example-app").chain(command.split_whitespace());
        let matches = example_app::app().clap_command().try_get_matches_from(arguments);
        assert!(matches.is_ok(), "`{command}`: {}", matches.unwrap_err());
    }
}

#[test]
fn the_folder_is_as_the_tools_write_it() {
    assert_eq!(include_str!("../build.rs"), BUILD_RS);
    let (root, folder) = (Path::new(ROOT), Path::new("database/migrations"));
    let folder = ProjectFolder::open(root, folder, FolderKind::migrations()).unwrap();
    let mut options = PublishOptions::all(Stamp::now());
    options.packages = ["arvel-audit", "arvel-auth", "arvel-media"].map(str::to_owned).to_vec();
    let plan = plan_publish(&bundled().unwrap(), &read_files(&folder).unwrap(), &options).unwrap();
    let states: Vec<PublishState> = plan.decisions.iter().map(|decision| decision.state).collect();
    assert_eq!(states, [PublishState::Identical; 5], "`db publish --update` takes over what a stub changed");
}

#[test]
fn the_packages_are_linked_and_bundle_exactly_this() {
    let stubs: Vec<String> = bundled().unwrap().iter().map(|stub| stub.origin.to_string()).collect();
    assert_eq!(
        stubs,
        [
            "arvel-audit/create_audit_entries_table",
            "arvel-auth/create_users_table",
            "arvel-auth/create_auth_refresh_tokens_table",
            "arvel-auth/create_password_resets_table",
            "arvel-media/create_media_table",
            "arvel-notifications/create_notifications_table",
        ]
    );
}
