//! Flask-Migrate 4.1 and EllarSQL 0.1.8: Alembic below a group of another program.

use super::{Row, Section, World::*, inventory, not, not_yet, same};

const NO_PACKAGE: &str = "a folder is part of the program by its `mod.rs`, which is always written";
const TEMPLATES: &str = "one form for every database; what new files look like is in `database/templates`";
const ANOTHER_MIGRATE: &str = "another thing: `db migrate` applies what is pending. To compare models is not there yet; a file is \
                               written by `db revision -m TEXT`";

pub(super) fn flask() -> Section {
    Section {
        title: "Flask-Migrate",
        about: "Of version 4.1. `flask db` is `app db`.",
        rows: vec![
            same("flask db -d database/migrations current", "db current --path database/migrations")
                .shows("3_tags")
                .note("selects; another folder for good is the key `migrations.path`, or `ARVEL_MIGRATIONS__PATH`"),
            same("flask db init", "db init").at(Empty).writes("arvel.toml"),
            same("flask db -x tenant=acme upgrade +1", "db -x tenant=acme upgrade +1").at(Asking).table("acme_notes"),
            same("flask db upgrade -x tenant=acme --tag v2", "db upgrade -x tenant=acme --tag v2").at(Asking).table("release_v2"),
            same("flask db downgrade -x tenant=acme --tag v2", "db downgrade -x tenant=acme --tag v2").at(Asked).drops("release_v2"),
            same("flask db stamp --tag v2 head", "db stamp --tag v2 head").at(Asked).shows("nothing to stamp"),
            not("flask db migrate -x tenant=acme", "db migrate -m x -x tenant=acme", ANOTHER_MIGRATE),
            same("flask db init --multidb", "db init --multidb").at(Empty).writes("database/reporting/mod.rs"),
            same("flask db upgrade", "db upgrade --all-databases")
                .at(Several)
                .applied(&["users", "posts", "tags"])
                .writes("r.db")
                .note("with several databases; `db upgrade` alone is about `default`"),
            not("flask db init -t flask", "db init -t flask", TEMPLATES),
            not("flask db init --package", "db init --package", NO_PACKAGE),
            same("flask db revision -m \"add tags\"", "db revision -m \"add tags\"").writes("_add_tags.rs"),
            not_yet("flask db revision --autogenerate -m x", "db revision --autogenerate -m x"),
            same("flask db revision -m x --sql", "db revision -m x --sql").writes("_x.sql").note("writes a SQL file"),
            same("flask db revision -m x --head blog@head", "db revision -m x --head blog@head").at(Forked).writes("_x.rs"),
            same("flask db revision -m x --head 1_users --splice", "db revision -m x --head 1_users --splice").writes("_x.rs"),
            same("flask db revision -m x --branch-label new", "db revision -m x --branch-label new").writes("_x.rs"),
            same("flask db revision -m x --version-path database/migrations", "db revision -m x --version-path database/migrations")
                .writes("_x.rs"),
            same("flask db revision -m x --rev-id ab12", "db revision -m x --rev-id ab12").writes("_x.rs"),
            not("flask db migrate -m x", "db migrate -m x", ANOTHER_MIGRATE),
            not("flask db migrate --sql --rev-id ab12", "db migrate --sql --rev-id ab12", ANOTHER_MIGRATE),
            not("flask db migrate --head 1_users --splice", "db migrate --head 1_users --splice", ANOTHER_MIGRATE),
            not("flask db migrate --branch-label x --version-path y", "db migrate --branch-label x --version-path y", ANOTHER_MIGRATE),
            same("flask db edit", "db edit").shows("edited `database/migrations/3_tags.sql`"),
            same("flask db merge heads -m joined", "db merge heads -m joined").at(Forked).writes("_joined.rs"),
            same("flask db merge 2_posts 3_carts --branch-label joined", "db merge 2_posts 3_carts --branch-label joined")
                .at(Forked)
                .writes(".rs"),
            same("flask db merge heads --rev-id ab12", "db merge heads --rev-id ab12").at(Forked).writes(".rs"),
            same("flask db upgrade", "db upgrade").at(Pending).applied(&["users", "posts", "tags"]),
            same("flask db upgrade 2_posts", "db upgrade 2_posts").at(Pending).applied(&["users", "posts"]),
            same("flask db upgrade --sql", "db upgrade --sql").at(Pending).shows("CREATE TABLE tags"),
            same("flask db downgrade", "db downgrade").applied(&["users", "posts"]),
            same("flask db downgrade 1_users", "db downgrade 1_users").applied(&["users"]),
            same("flask db downgrade --sql head:1_users", "db downgrade --sql head:1_users").shows("DROP TABLE posts"),
            same("flask db downgrade --sql", "db downgrade --sql").exit(2).shows("head:-1").note("the range `head:-1` is written out"),
            same("flask db show", "db show").shows("revision     3_tags"),
            same("flask db history", "db history").shows("3_tags (head)"),
            same("flask db history -r 1_users:2_posts -v", "db history -r 1_users:2_posts -v").shows("revision     2_posts"),
            same("flask db history -i", "db history -i").shows("(current)"),
            same("flask db heads", "db heads").at(Forked).shows("(head)"),
            same("flask db heads -v", "db heads -v").shows("revision     3_tags"),
            same("flask db heads --resolve-dependencies", "db heads --resolve-dependencies").at(Needed).shows("3_carts (head)").hides("2_posts"),
            same("flask db branches", "db branches").at(Forked).shows("1_users"),
            same("flask db branches -v", "db branches -v").at(Forked).shows("followed by  2_posts, 3_carts"),
            same("flask db current", "db current").shows("3_tags (current)"),
            same("flask db current -v", "db current -v").shows("state        applied"),
            same("flask db stamp head", "db stamp heads").at(Created).applied(&["users", "posts", "tags"]),
            not("flask db stamp", "db stamp", "what is said to be applied must be named: `db stamp heads`"),
            same("flask db stamp --sql head", "db stamp --sql head").at(Pending).shows("INSERT INTO"),
            same("flask db stamp --purge 2_posts", "db stamp --purge 2_posts").applied(&["users", "posts"]),
            not_yet("flask db check", "db check"),
            same("flask db list-templates", "db list-templates").shows("template"),
        ],
        inventory: inventory::FLASK,
    }
}

pub(super) fn ellar() -> Section {
    Section {
        title: "EllarSQL",
        about: "Of version 0.1.8. `ellar db` is `app db`.",
        rows: ellar_rows(),
        inventory: inventory::ELLAR,
    }
}

fn ellar_rows() -> Vec<Row> {
    vec![
        same("ellar db -d database/migrations status", "db status --path database/migrations")
            .shows("applied")
            .note("selects; another folder for good is the key `migrations.path`"),
        same("ellar db init -m", "db init -m").at(Empty).writes("database/reporting/mod.rs"),
        same("ellar db init --multiple", "db init --multiple").at(Empty).writes("database/reporting/mod.rs"),
        same("ellar db upgrade", "db upgrade --all-databases")
            .at(Several)
            .applied(&["users", "posts", "tags"])
            .writes("r.db")
            .note("with several databases; `db upgrade` alone is about `default`"),
        same("ellar db init", "db init").at(Empty).writes("database/migrations/mod.rs"),
        not("ellar db init --package", "db init --package", NO_PACKAGE),
        same("ellar db revision -m \"add tags\"", "db revision -m \"add tags\"").writes("_add_tags.rs"),
        not_yet("ellar db revision --autogenerate -m x", "db revision --autogenerate -m x"),
        same("ellar db revision -m x --sql", "db revision -m x --sql")
            .writes("_x.sql")
            .note("writes a SQL file"),
        same(
            "ellar db revision -m x --head shop@head --splice",
            "db revision -m x --head shop@head --splice",
        )
        .at(Forked)
        .writes("_x.rs"),
        same(
            "ellar db revision -m x --branch-label new --rev-id ab12",
            "db revision -m x --branch-label new --rev-id ab12",
        )
        .writes("_x.rs"),
        same(
            "ellar db revision -m x --version-path database/migrations",
            "db revision -m x --version-path database/migrations",
        )
        .writes("_x.rs"),
        not("ellar db migrate -m x", "db migrate -m x", ANOTHER_MIGRATE),
        not(
            "ellar db migrate --sql --head 1_users --splice",
            "db migrate --sql --head 1_users --splice",
            ANOTHER_MIGRATE,
        ),
        not(
            "ellar db migrate --branch-label x --rev-id y",
            "db migrate --branch-label x --rev-id y",
            ANOTHER_MIGRATE,
        ),
        not("ellar db migrate --version-path x", "db migrate --version-path x", ANOTHER_MIGRATE),
        same("ellar db edit 2_posts", "db edit 2_posts").shows("edited `database/migrations/2_posts.sql`"),
        same("ellar db merge -m joined 2_posts 3_carts", "db merge -m joined 2_posts 3_carts")
            .at(Forked)
            .writes("_joined.rs"),
        same(
            "ellar db merge heads --branch-label joined --rev-id ab12",
            "db merge heads --branch-label joined --rev-id ab12",
        )
        .at(Forked)
        .writes(".rs"),
        same("ellar db upgrade", "db upgrade").at(Pending).applied(&["users", "posts", "tags"]),
        same("ellar db upgrade --sql", "db upgrade --sql").at(Pending).shows("CREATE TABLE users"),
        same("ellar db upgrade -x tenant=acme --tag v2", "db upgrade -x tenant=acme --tag v2")
            .at(Asking)
            .table("release_v2"),
        same("ellar db downgrade -x tenant=acme --tag v2", "db downgrade -x tenant=acme --tag v2")
            .at(Asked)
            .drops("release_v2"),
        same("ellar db stamp --tag v2 head", "db stamp --tag v2 head").at(Asked).shows("nothing to stamp"),
        not("ellar db migrate -x tenant=acme", "db migrate -m x -x tenant=acme", ANOTHER_MIGRATE),
        same("ellar db downgrade", "db downgrade").applied(&["users", "posts"]),
        same("ellar db downgrade --sql head:base", "db downgrade --sql head:base").shows("DROP TABLE users"),
        same("ellar db show", "db show").shows("revision     3_tags"),
        same("ellar db history -r 1_users: -v", "db history -r 1_users: -v").shows("revision     1_users"),
        same("ellar db history -i", "db history -i").shows("(current)"),
        same("ellar db heads -v", "db heads -v").shows("revision     3_tags"),
        same("ellar db heads --resolve-dependencies", "db heads --resolve-dependencies")
            .at(Needed)
            .shows("3_carts (head)")
            .hides("2_posts"),
        same("ellar db branches -v", "db branches -v").at(Forked).shows("followed by  2_posts, 3_carts"),
        same("ellar db current -v", "db current -v").shows("revision     3_tags (current)"),
        same("ellar db stamp head", "db stamp heads")
            .at(Created)
            .applied(&["users", "posts", "tags"])
            .note("there it always fails; the target must be named"),
        same("ellar db stamp --sql head", "db stamp --sql head").at(Pending).shows("INSERT INTO"),
        not_yet("ellar db check", "db check"),
    ]
}
