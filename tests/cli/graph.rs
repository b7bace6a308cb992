//! The commands that read the graph: what they show, and that they ask the database only when they say so.

use crate::project::Project;

/// A trunk, a fork with a label, a merge, a line of its own that depends on it, and a head beside them.
fn forked() -> Project {
    let body = |table: &str| {
        format!("-- migrate:up\nCREATE TABLE {table} (id int);\n-- migrate:down\nDROP TABLE {table};\n")
    };
    let with = |header: &str, table: &str| format!("{header}\n{}", body(table));
    Project::new()
        .migration("1_create_users", &with("-- description: who may come in", "users"))
        .migration("2_create_posts", &with("-- parents: 1_create_users\n-- labels: blog", "posts"))
        .migration("3_create_carts", &with("-- parents: 1_create_users\n-- labels: shop", "carts"))
        .migration("4_create_comments", &with("-- parents: 2_create_posts", "comments"))
        .migration(
            "5_merge",
            "-- parents: 4_create_comments, 3_create_carts\n-- migrate:up\n-- nothing but a merge\n-- migrate:down\n-- nothing\n",
        )
        .migration("6_create_events", &with("-- parents: none\n-- depends_on: 3_create_carts", "events"))
        .migration("7_create_tags", &with("-- parents: 1_create_users\n-- labels: tags", "tags"))
}

#[test]
fn the_graph_without_a_database() {
    let mut project = forked().variable("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    project
        .refused(&["db", "heads"], 0)
        .refused(&["db", "branches"], 0)
        .refused(&["db", "history"], 0)
        .refused(&["db", "history", "--graph"], 0)
        .refused(&["db", "history", "-r", "blog@base:5_merge"], 0)
        .refused(&["db", "history", "-r:3_create_carts", "--graph"], 0)
        .refused(&["db", "history", "-r", "4_create_comments:", "--graph"], 0)
        .refused(&["db", "history", "--format", "dot"], 0)
        .refused(&["db", "history", "--format", "mermaid"], 0)
        .refused(&["db", "show", "blog"], 0)
        .refused(&["db", "show", "5_merge"], 0)
        .refused(&["db", "heads", "--json"], 0);
    project.snapshot("the_graph_without_a_database");
}

#[test]
fn the_graph_beside_a_database() {
    let mut project = forked();
    project
        .run(&["db", "current"], 0)
        .run(&["db", "current", "--check-heads"], 8)
        .run(&["db", "migrate", "blog@head", "-q"], 0)
        .refused(&["db", "current"], 0)
        .refused(&["db", "current", "-v"], 0)
        .refused(&["db", "history", "-i"], 0)
        .refused(&["db", "history", "-i", "--graph"], 0)
        .refused(&["db", "history", "-r", "-1:"], 0)
        .refused(&["db", "history", "-r", "base:current"], 0)
        .refused(&["db", "show", "current"], 0)
        .refused(&["db", "show", "shop", "-v"], 0)
        .refused(&["db", "show", "blog", "-v", "--json"], 0)
        .refused(&["db", "current", "--check-heads", "--json"], 8);
    project.snapshot("the_graph_beside_a_database");
}

#[test]
fn a_fully_upgraded_database_is_at_head_also_with_dependencies() {
    let mut project = forked();
    project
        .run(&["db", "migrate", "-q"], 0)
        .refused(&["db", "current", "--check-heads"], 0)
        .refused(&["db", "history", "-i", "--graph"], 0);
    // Spliced in below an applied head: Alembic says that all is well.
    project.write(
        "database/migrations/8_splice.sql",
        "-- parents: 1_create_users\n-- migrate:up\nCREATE TABLE spliced (id int);\n",
    );
    project.write("database/migrations/2_create_posts.sql", "-- parents: 1_create_users, 8_splice\n-- labels: blog\n-- migrate:up\nCREATE TABLE posts (id int);\n-- migrate:down\nDROP TABLE posts;\n");
    std::fs::remove_file(project.at("database/migrations/7_create_tags.sql")).unwrap();
    project.refused(&["db", "current", "--check-heads"], 8).refused(&["db", "history", "-i"], 0);
    project.snapshot("a_fully_upgraded_database_is_at_head");
}

#[test]
fn questions_about_what_is_not_there() {
    let mut project = forked();
    project
        .refused(&["db", "show", "create_p"], 0)
        .refused(&["db", "show", "create_"], 4)
        .refused(&["db", "show", "create_postz"], 4)
        .refused(&["db", "show", "head"], 4)
        .refused(&["db", "show", "blog@create_carts"], 4)
        .refused(&["db", "show", "base"], 0)
        .refused(&["db", "show", "+1abc"], 4)
        .refused(&["db", "history", "-r", "blog"], 4)
        .refused(&["db", "history", "-r", "blog:shop"], 4)
        .refused(&["db", "history", "-r", ":nowhere", "--json"], 4)
        .refused(&["db", "history", "--graph", "--json"], 2)
        .refused(&["db", "history", "--graph", "--format", "dot"], 2)
        .refused(&["db", "history", "--graf"], 2);
    let mut nothing = Project::new();
    nothing
        .refused(&["db", "heads"], 0)
        .refused(&["db", "branches"], 0)
        .refused(&["db", "history"], 0)
        .refused(&["db", "history", "--graph"], 0)
        .refused(&["db", "show"], 0)
        .refused(&["db", "current", "--check-heads"], 0);
    project.snapshot("questions_about_what_is_not_there");
    nothing.snapshot("questions_about_nothing");
}
