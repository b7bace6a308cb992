//! `bundle!` as a package uses it: from another crate, with modules, texts and an order.

use arvel_migrate::{
    migration::{Registration, Source},
    publish::{FileKind, bundled},
};

arvel_migrate::bundle! {
    create_tokens_table => "stubs/create_tokens_table.rs" after [create_users_table],
    create_users_table => "stubs/create_users_table.rs",
    search_index => sql "stubs/search_index.sql" after ["arvel-migrate/create_tokens_table"],
}

#[test]
fn stubs_are_text_for_the_publisher_and_compiled_for_the_tests() {
    let stubs = bundled().expect("sound");
    let names: Vec<String> = stubs.iter().map(|stub| stub.origin.to_string()).collect();
    assert_eq!(
        names,
        [
            "arvel-migrate/create_users_table",
            "arvel-migrate/create_tokens_table",
            "arvel-migrate/search_index"
        ]
    );
    let users = &stubs[0];
    assert_eq!(
        (users.kind, users.version.to_string()),
        (FileKind::Rust, env!("CARGO_PKG_VERSION").to_owned())
    );
    assert_eq!(users.text, include_str!("stubs/create_users_table.rs"));
    assert_eq!(users.creates, ["users"]);
    assert_eq!((stubs[2].kind, stubs[2].creates.len()), (FileKind::Sql, 0));
}

#[test]
fn compiled_stubs_are_registered_as_stubs_of_the_package() {
    let mut found: Vec<(&str, &str, bool)> = arvel_migrate::inventory::iter::<Registration>
        .into_iter()
        .filter(|registration| matches!(registration.source, Source::Rust { .. }))
        .map(|registration| (registration.stem, registration.line, registration.stub))
        .collect();
    found.sort_unstable();
    let line = "package:arvel-migrate";
    assert_eq!(found, [("create_tokens_table", line, true), ("create_users_table", line, true)]);
}
