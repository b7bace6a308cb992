//! The layers as tables: what is set where, and what comes out.

use std::path::Path;

use serde::Deserialize;

use super::{
    keys::Keys,
    resolve::{Request, Resolved, resolve, root},
    *,
};
use crate::Environment;

const PLUGIN_KEYS: [&str; 6] = [
    "databases.*.url",
    "databases.*.lock_timeout",
    "migrations.path",
    "migrations.on_startup",
    "migrations.batch",
    "mail.to",
];

/// A project folder with these files, resolved.
fn resolve_in(
    folder: &Path,
    arvel_toml: &str,
    dot_env: &str,
    variables: &[(&str, &str)],
    request: Request,
) -> Result<Resolved, ConfigError> {
    std::fs::write(folder.join("arvel.toml"), arvel_toml).unwrap();
    std::fs::write(folder.join(".env"), dot_env).unwrap();
    let mut surroundings = Surroundings::bare(folder);
    for (name, value) in variables {
        surroundings = surroundings.variable(*name, *value);
    }
    let root = root(&request, &surroundings);
    let defaults = vec![("migrations.path", "database/migrations".into())];
    resolve(&request, &surroundings, &root, &Keys::new(PLUGIN_KEYS), defaults)
}

fn resolved(
    arvel_toml: &str,
    dot_env: &str,
    variables: &[(&str, &str)],
    request: Request,
) -> Result<Resolved, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    resolve_in(folder.path(), arvel_toml, dot_env, variables, request)
}

fn config(arvel_toml: &str, dot_env: &str, variables: &[(&str, &str)]) -> Config {
    resolved(arvel_toml, dot_env, variables, Request::default()).unwrap().config
}

fn refusal(arvel_toml: &str, dot_env: &str, variables: &[(&str, &str)]) -> ConfigError {
    resolved(arvel_toml, dot_env, variables, Request::default()).unwrap_err()
}

/// One rung per line, weakest first: each case adds a rung, which must win over everything below it.
#[test]
fn every_layer_beats_the_ones_below_it() {
    const FILE: &str = "[databases.default]\nurl = \"file\"\n";
    const PROFILE: &str = "[profile.testing.databases.default]\nurl = \"profile\"\n";
    let file_and_profile = format!("{FILE}{PROFILE}");
    let dot_env = "DATABASE_URL=dot-plain\n";
    let dot_env_exact = "ARVEL_DATABASES__DEFAULT__URL=dot-exact\nDATABASE_URL=dot-plain\n";
    let plain = ("DATABASE_URL", "plain");
    let exact = ("ARVEL_DATABASES__DEFAULT__URL", "exact");
    let testing = || Request { environment: Some("testing".to_owned()), ..Request::default() };
    let by_option =
        Request { overrides: vec![("databases.default.url".to_owned(), "option".into())], ..testing() };

    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], Request, &'a str, &'a str);
    let ladder: [Case<'_>; 7] = [
        (FILE, "", &[], testing(), "file", "`arvel.toml` line 2"),
        (&file_and_profile, "", &[], testing(), "profile", "`arvel.toml` line 4"),
        (&file_and_profile, dot_env, &[], testing(), "dot-plain", "`.env` variable `DATABASE_URL`"),
        (
            &file_and_profile,
            dot_env_exact,
            &[],
            testing(),
            "dot-exact",
            "`.env` variable `ARVEL_DATABASES__DEFAULT__URL`",
        ),
        (
            &file_and_profile,
            dot_env_exact,
            &[plain],
            testing(),
            "plain",
            "environment variable `DATABASE_URL`",
        ),
        (
            &file_and_profile,
            dot_env_exact,
            &[plain, exact],
            testing(),
            "exact",
            "environment variable `ARVEL_DATABASES__DEFAULT__URL`",
        ),
        (&file_and_profile, dot_env_exact, &[plain, exact], by_option, "option", "command line"),
    ];
    for (file, dot_env, variables, request, value, source) in ladder {
        let config = resolved(file, dot_env, variables, request).unwrap().config;
        assert_eq!(config.get::<String>("databases.default.url").as_deref(), Ok(value));
        assert_eq!(config.source_of("databases.default.url"), source);
    }
}

#[test]
fn the_profile_of_another_environment_says_nothing() {
    let file = "[server]\nport = 1\n[profile.production.server]\nport = 2\n";
    for (environment, port) in [("development", 1), ("staging", 1), ("production", 2)] {
        let config = config(file, "", &[("ARVEL_ENV", environment)]);
        assert_eq!(config.get::<u16>("server.port"), Ok(port), "{environment}");
    }
}

#[test]
fn which_environment_and_who_said_so() {
    let named = "environment = \"staging\"\n";
    let both = "ARVEL_ENV=testing\nAPP_ENV=production\n";
    let request = Request { environment: Some("testing".to_owned()), ..Request::default() };
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], Request, Environment, &'a str);
    let table: [Case<'_>; 6] = [
        (
            named,
            both,
            &[("ARVEL_ENV", "production"), ("APP_ENV", "development")],
            request,
            Environment::Testing,
            "command line",
        ),
        (
            named,
            both,
            &[("ARVEL_ENV", "production"), ("APP_ENV", "development")],
            Request::default(),
            Environment::Production,
            "environment variable `ARVEL_ENV`",
        ),
        (
            named,
            both,
            &[("APP_ENV", "development")],
            Request::default(),
            Environment::Development,
            "environment variable `APP_ENV`",
        ),
        (named, both, &[], Request::default(), Environment::Testing, "`.env` variable `ARVEL_ENV`"),
        (named, "", &[], Request::default(), Environment::Staging, "`arvel.toml` line 1"),
        ("", "", &[], Request::default(), Environment::Development, "default"),
    ];
    for (file, dot_env, variables, request, environment, source) in table {
        let resolved = resolved(file, dot_env, variables, request).unwrap();
        assert_eq!(resolved.environment, environment);
        assert_eq!(resolved.config.get::<Environment>("environment"), Ok(environment));
        assert_eq!(resolved.config.source_of("environment"), source);
    }
}

/// Message and hint of each way to be wrong.
#[test]
fn errors_name_the_key_the_source_and_the_way_out() {
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str, &'a str, &'a str);
    let table: [Case<'_>; 11] = [
        (
            "\n[migrations]\npth = \"x\"\n",
            "",
            &[],
            "configuration.unknown_key",
            "unknown key `migrations.pth` (`arvel.toml` line 3)",
            "did you mean `migrations.path`?",
        ),
        (
            "[profile.production.migrations]\non_start = \"x\"\n",
            "",
            &[],
            "configuration.unknown_key",
            "unknown key `migrations.on_start` (`arvel.toml` line 2)",
            "did you mean `migrations.on_startup`?",
        ),
        (
            "[queue]\ndriver = \"x\"\n",
            "",
            &[],
            "configuration.unknown_key",
            "unknown key `queue.driver` (`arvel.toml` line 2)",
            "nothing reads `queue.driver`: remove it, or add the plugin that does",
        ),
        (
            "[databases]\ndefault = \"sqlite::memory:\"\n",
            "",
            &[],
            "configuration.invalid",
            "`databases.default` (`arvel.toml` line 2): expected a table, found a plain value",
            "change `databases.default` in its source: `arvel.toml` line 2",
        ),
        (
            "[profile.prod.server]\nport = 1\n",
            "",
            &[],
            "configuration.unknown_environment",
            "unknown environment `prod`: expected `development`, `testing`, `staging` or `production` (`arvel.toml` line 2)",
            "did you mean `production`?",
        ),
        (
            "",
            "",
            &[("ARVEL_SERVER_PORT", "1")],
            "configuration.unknown_variable",
            "unknown variable `ARVEL_SERVER_PORT` (environment variable `ARVEL_SERVER_PORT`)",
            "did you mean `ARVEL_SERVER__PORT`?",
        ),
        (
            "",
            "ARVEL_ENVIRONMENT=testing\n",
            &[],
            "configuration.unknown_variable",
            "unknown variable `ARVEL_ENVIRONMENT` (`.env` variable `ARVEL_ENVIRONMENT`)",
            "did you mean `ARVEL_ENV`?",
        ),
        (
            "",
            "",
            &[("APP_ENV", "live")],
            "configuration.unknown_environment",
            "unknown environment `live`: expected `development`, `testing`, `staging` or `production` (environment variable `APP_ENV`)",
            "say `--env development`, or set `ARVEL_ENV`",
        ),
        (
            "",
            "ARVEL_CONFIG=x.toml\n",
            &[],
            "configuration.refused",
            "`ARVEL_CONFIG` (`.env` variable `ARVEL_CONFIG`): decides where `.env` is and can not stand in it",
            "give `--config FILE`, or set it in the process environment",
        ),
        (
            "environment = 3\n",
            "",
            &[],
            "configuration.invalid",
            "`environment` (`arvel.toml` line 1): expected a name, found signed int `3`",
            "change `environment` in its source: `arvel.toml` line 1",
        ),
        (
            "[profile.production]\nenvironment = \"testing\"\n",
            "",
            &[],
            "configuration.refused",
            "`profile.production.environment` (`arvel.toml` line 2): a profile is chosen by the environment and can not choose it",
            "set `environment` at the top of the file, or `ARVEL_ENV`",
        ),
    ];
    for (file, dot_env, variables, code, message, hint) in table {
        let error = refusal(file, dot_env, variables);
        assert_eq!((error.code(), error.to_string().as_str(), error.hint().as_str()), (code, message, hint));
    }
}

#[test]
fn a_broken_file_is_named_with_its_line_and_without_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let table = [
        ("[databases.default]\nurl = postgres://app:hunter2@db/app\n", "", "arvel.toml` line 2"),
        ("", "FIRST=1\nnot a line with hunter2\n", ".env` line 2"),
    ];
    for (file, dot_env, place) in table {
        let error = resolve_in(folder.path(), file, dot_env, &[], Request::default()).unwrap_err();
        assert_eq!(error.code(), "configuration.syntax");
        assert!(error.to_string().contains(place), "{error}");
        assert!(!format!("{error:?} {}", error.hint()).contains("hunter2"), "{error:?}");
    }
}

#[test]
fn a_missing_file_given_by_name_is_an_error_and_no_file_at_all_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let surroundings = Surroundings::bare(folder.path()).variable("DATABASE_URL", "sqlite::memory:");
    let keys = Keys::new(PLUGIN_KEYS);
    let bare = Request::default();
    let resolved = resolve(&bare, &surroundings, &root(&bare, &surroundings), &keys, vec![]).unwrap();
    assert_eq!(resolved.config.get::<String>("databases.default.url").as_deref(), Ok("sqlite::memory:"));

    for (request, surroundings) in [
        (Request { config: Some("gone.toml".into()), ..Request::default() }, surroundings.clone()),
        (Request::default(), surroundings.variable("ARVEL_CONFIG", "gone.toml")),
    ] {
        let error =
            resolve(&request, &surroundings, &root(&request, &surroundings), &keys, vec![]).unwrap_err();
        let path = folder.path().join("gone.toml");
        assert_eq!(error, ConfigError::Unreadable { path, problem: "no such file".to_owned() });
    }
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Database {
    url: String,
    lock_timeout: Option<u64>,
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
struct Migrations {
    path: String,
    batch: u32,
}

#[test]
fn values_come_out_typed_whatever_their_source() {
    let file = "[databases.default]\nurl = 'a'\nlock_timeout = 1_000\n[databases.replica]\nurl = 'b'\n\
                [mail]\nto = ['x', 'y']\n[migrations]\nbatch = 0xff\n";
    let of_file = config(file, "", &[]);
    let database = Database { url: "a".to_owned(), lock_timeout: Some(1000) };
    assert_eq!(of_file.section::<Database>("databases.default"), Ok(database));
    assert_eq!(of_file.keys_under("databases"), ["default", "replica"]);
    assert_eq!(of_file.get::<Vec<String>>("mail.to").unwrap(), ["x", "y"]);
    assert_eq!(of_file.section::<Migrations>("migrations").unwrap().batch, 255);
    assert_eq!(of_file.source_of("databases.replica"), "`arvel.toml` line 5");
    assert_eq!(of_file.source_of("migrations.path"), "default");

    let of_variables = config(
        "",
        "",
        &[
            // A password of digits stays text, a number is read where one is wanted.
            ("ARVEL_DATABASES__DEFAULT__URL", "0123"),
            ("ARVEL_DATABASES__DEFAULT__LOCK_TIMEOUT", "5"),
            ("ARVEL_MAIL__TO", "[x, y]"),
            ("ARVEL_TEST_DATABASE", "ignored"),
        ],
    );
    let database = Database { url: "0123".to_owned(), lock_timeout: Some(5) };
    assert_eq!(of_variables.section::<Database>("databases.default"), Ok(database));
    assert_eq!(of_variables.get::<Vec<String>>("mail.to").unwrap(), ["x", "y"]);
    assert_eq!(of_variables.get_opt::<u32>("migrations.batch"), Ok(None));
    assert_eq!(config("", "", &[]).section::<Migrations>("queue"), Ok(Migrations::default()));
}

#[test]
fn a_wrong_value_is_named_by_its_full_key() {
    let config = config(
        "[databases.default]\nurl = 'postgres://app:hunter2@db'\nlock_timeout = 'soon'\n[server]\nport = 70000\n\
         [migrations]\nbatch = -1\n",
        "",
        &[],
    );
    let error = config.section::<Database>("databases.default").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`databases.default.lock_timeout` (`arvel.toml` line 3): expected u64, found string \"soon\""
    );
    let error = config.get::<u16>("server.port").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`server.port` (`arvel.toml` line 5): expected u16, found signed int `70000`"
    );
    let error = config.get::<String>("databases.other.url").unwrap_err();
    assert_eq!(error.to_string(), "`databases.other.url` is not set");
    assert_eq!(
        error.hint(),
        "set `url` under `[databases.other]` in `arvel.toml`, or the variable `ARVEL_DATABASES__OTHER__URL`"
    );
    let error = Config::of([("databases.default.lock_timeout", 1.into())])
        .section::<Database>("databases.default")
        .unwrap_err();
    assert_eq!(error, ConfigError::Missing { key: "databases.default.url".to_owned() });
    assert!(error.hint().ends_with("or the variable `DATABASE_URL`"), "{}", error.hint());
}

#[test]
fn no_error_and_no_debug_text_echoes_a_password() {
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only deserialized")]
    enum Loose {
        Port { port: u16 },
    }
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only deserialized")]
    struct Odd {
        url: u16,
    }
    let config = config("[databases.default]\nurl = 'postgres://app:hunter2@db'\n", "", &[]);
    let errors = [
        config.get::<u16>("databases.default.url").unwrap_err(),
        config.get::<Environment>("databases.default.url").unwrap_err(),
        config.section::<Odd>("databases.default").unwrap_err(),
        config.section::<Loose>("databases.default").unwrap_err(),
        config.get::<Vec<String>>("databases.default.url").unwrap_err(),
    ];
    for error in errors {
        assert!(!format!("{error} {error:?} {}", error.hint()).contains("hunter2"), "{error:?}");
    }
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn names_have_the_order_in_which_they_were_said() {
    let file = "[databases.zebra]\nurl = 'z'\n[databases.ant]\nurl = 'a'\n\
                [profile.testing.databases.mole]\nurl = 'm'\n[databases.bee]\nurl = 'b'\n";
    let request = Request {
        environment: Some("testing".to_owned()),
        // A name that only the command line says is no name.
        overrides: vec![("databases.ghost.url".into(), "g".into()), ("databases.ant.url".into(), "c".into())],
        ..Request::default()
    };
    let config = resolved(file, "", &[("ARVEL_DATABASES__CAT__URL", "c")], request).unwrap().config;
    assert_eq!(config.names_under("databases"), ["zebra", "ant", "bee", "mole", "cat"]);
    assert_eq!(config.get::<String>("databases.ant.url").as_deref(), Ok("c"));
    assert_eq!(config.names_under("nothing"), [""; 0]);
}
