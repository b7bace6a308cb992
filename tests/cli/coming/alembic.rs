//! Alembic 1.20.

use super::{Row, Section, World::*, inventory, not, not_yet, same};

pub(super) fn section() -> Section {
    Section {
        title: "Alembic",
        about: "Of version 1.20. `current`, `heads`, `base`, `+1`, `-1`, `head-1`, `label@head` and prefixes mean what they mean there; \
                a slug (`create_posts_table`) names a revision too.",
        rows: rows(),
        inventory: inventory::ALEMBIC,
    }
}

fn rows() -> Vec<Row> {
    let mut rows = vec![
        same("alembic --version", "--version").shows("app 1.0.0"),
        same("alembic -c other.toml current", "db current --config arvel.toml")
            .shows("3_tags (current) (head)"),
        same("alembic -n testing upgrade head", "db upgrade heads --env testing")
            .at(Pending)
            .applied(&["users", "posts", "tags"])
            .note("an environment instead of a section: its values stand in `[profile.testing]`"),
        same("alembic -q upgrade head", "db upgrade -q").at(Pending).applied(&["users", "posts", "tags"]),
        same("alembic -x tenant=acme upgrade +1", "db upgrade +1 -x tenant=acme")
            .at(Asking)
            .table("acme_notes")
            .note("for migrations that say what they read, for hooks and templates"),
        not(
            "alembic --raiseerr current",
            "db current --raiseerr",
            "an error is shown whole: statement, place, cause, hint",
        ),
    ];
    rows.extend(running());
    rows.extend(reading());
    rows.extend(writing());
    rows
}

fn running() -> Vec<Row> {
    vec![
        same("alembic upgrade head", "db upgrade head")
            .at(Pending)
            .applied(&["users", "posts", "tags"])
            .note("`db migrate` is the same; without a target it is `heads`"),
        same("alembic upgrade heads", "db upgrade heads").at(Forked).applied(&["users", "posts", "carts"]),
        same("alembic upgrade head", "db upgrade head")
            .at(Forked)
            .exit(4)
            .shows("blog")
            .note("with several heads: refused with their names, exit code 4"),
        same("alembic upgrade +1", "db upgrade +1").at(Pending).applied(&["users"]),
        same("alembic upgrade +2", "db upgrade +2").at(Pending).applied(&["users", "posts"]),
        same("alembic upgrade 2_posts", "db upgrade 2_posts").at(Pending).applied(&["users", "posts"]),
        same("alembic upgrade 1_users+1", "db upgrade 1_users+1").at(Pending).applied(&["users", "posts"]),
        same("alembic upgrade head-1", "db upgrade head-1").at(Pending).applied(&["users", "posts"]),
        same("alembic upgrade blog@head", "db upgrade blog@head").at(Forked).applied(&["users", "posts"]),
        same("alembic upgrade head --sql", "db upgrade head --sql")
            .at(Pending)
            .shows("CREATE TABLE tags")
            .note("a script for the database's own client; it stops where it does not fit"),
        same("alembic upgrade 1_users:head --sql", "db upgrade 1_users:head --sql")
            .shows("CREATE TABLE posts"),
        same("alembic upgrade head --tag v2", "db upgrade head --tag v2 -x tenant=acme")
            .at(Asking)
            .table("release_v2"),
        same("alembic downgrade -1 --tag v2", "db downgrade -1 --tag v2").at(Asked).drops("release_v2"),
        same("alembic stamp head --tag v2", "db stamp head --tag v2 -x tenant=acme")
            .at(Asked)
            .shows("nothing to stamp"),
        same("alembic downgrade -1", "db downgrade -1")
            .applied(&["users", "posts"])
            .note("also `db rollback`"),
        same("alembic downgrade 1_users", "db downgrade 1_users")
            .applied(&["users"])
            .note("the revision stays, as there"),
        same("alembic downgrade base", "db downgrade base").applied(&[]),
        same("alembic downgrade head-2", "db downgrade head-2").applied(&["users"]),
        same("alembic downgrade blog@-1", "db downgrade blog@-1")
            .at(ForkApplied)
            .applied(&["users", "carts"])
            .note("only that branch"),
        same("alembic downgrade shop@base", "db downgrade shop@base")
            .at(ForkApplied)
            .applied(&["users", "posts"])
            .note("only what belongs to the branch; Alembic undoes the trunk and its other branches too"),
        same("alembic downgrade head:1_users --sql", "db downgrade head:1_users --sql")
            .shows("DROP TABLE posts"),
        same("alembic downgrade -5", "db downgrade -5")
            .exit(4)
            .shows("error:")
            .note("more than is applied: refused, exit code 4"),
        same("alembic stamp head", "db stamp head")
            .at(Created)
            .applied(&["users", "posts", "tags"])
            .note("a missing SQLite file is made by `db create` first"),
        same("alembic stamp 1_users", "db stamp 1_users").applied(&["users"]),
        same("alembic stamp 2_posts 3_carts", "db stamp 2_posts 3_carts")
            .at(ForkCreated)
            .applied(&["users", "posts", "carts"]),
        same("alembic stamp base", "db stamp base").applied(&[]),
        same("alembic stamp --purge 1_users", "db stamp --purge 1_users").applied(&["users"]),
        same("alembic stamp --sql head", "db stamp --sql head").at(Pending).shows("INSERT INTO"),
        same("alembic ensure_version", "db ensure_version")
            .at(Created)
            .changes()
            .shows("made the tables")
            .note("also `db ensure-version` and `db install`"),
        same("alembic ensure_version --sql", "db ensure_version --sql").at(Pending).shows("CREATE TABLE"),
        same("alembic stamp --purge --sql head", "db stamp --purge --sql head")
            .at(Pending)
            .shows("DELETE FROM")
            .note("refused there"),
    ]
}

fn reading() -> Vec<Row> {
    vec![
        same("alembic current", "db current").shows("3_tags (current) (head)"),
        same("alembic current -v", "db current -v").shows("file         database/migrations/3_tags.sql"),
        same("alembic current --check-heads", "db current --check-heads").shows("3_tags"),
        same("alembic current -c", "db current -c")
            .at(Pending)
            .exit(8)
            .shows("not at head")
            .note("exit code 8"),
        same("alembic heads", "db heads").at(Forked).shows("2_posts (blog) (head)"),
        same("alembic heads -v", "db heads -v").at(Forked).shows("state        pending"),
        same("alembic heads --resolve-dependencies", "db heads --resolve-dependencies")
            .at(Needed)
            .shows("3_carts (head)")
            .hides("2_posts")
            .note("`db heads` alone shows the other one too, as there"),
        same("alembic branches", "db branches").at(Forked).shows("-> 3_carts (shop) (head)"),
        same("alembic branches -v", "db branches -v").at(Forked).shows("followed by  2_posts, 3_carts"),
        same("alembic history", "db history").shows("2_posts"),
        same("alembic history -r 1_users:2_posts", "db history -r 1_users:2_posts").shows("1_users (base)"),
        same("alembic history -r base:head", "db history -r base:head").shows("3_tags (head)"),
        same("alembic history -r -2:", "db history -r -2:")
            .shows("1_users")
            .note("without the `=` that is needed there"),
        same("alembic history -r :current", "db history -r :current").shows("3_tags"),
        same("alembic history --rev-range 2_posts:", "db history --rev-range 2_posts:")
            .shows("3_tags (head)"),
        same("alembic history -v", "db history -v").shows("file         database/migrations/1_users.sql"),
        same("alembic history -i", "db history -i").shows("applied 3_tags (current) (head)"),
        same("alembic history --indicate-current", "db history --indicate-current").shows("(current)"),
        same("alembic show 2_posts", "db show 2_posts").shows("parents      1_users"),
        same("alembic show head", "db show head").shows("revision     3_tags"),
        same("alembic show current", "db show current").shows("state        applied, batch 1"),
        same("alembic list_templates", "db list_templates")
            .shows("template")
            .note("also `db list-templates`"),
        not_yet("alembic check", "db check"),
    ]
}

fn writing() -> Vec<Row> {
    vec![
        same("alembic init migrations", "db init")
            .at(Empty)
            .writes("database/migrations/mod.rs")
            .note("the folder is the key `migrations.path`; what is there stays"),
        same("alembic init -t multidb migrations", "db init --multi")
            .at(Empty)
            .writes("database/reporting/mod.rs")
            .note("each database has a folder, a graph and a history of its own"),
        not(
            "alembic init -t async migrations",
            "db init -t async",
            "one form for every database; what new files look like is in `database/templates`: `make migration NAME --template FILE`",
        ),
        not(
            "alembic init --package migrations",
            "db init --package",
            "a folder is part of the program by its `mod.rs`, which is always written",
        ),
        same("alembic revision -m \"create posts table\"", "db revision -m \"create posts table\"")
            .writes("_create_posts_table.rs"),
        same("alembic revision -m x --head 2_posts --splice", "db revision -m x --head 2_posts --splice")
            .writes("_x.rs"),
        same("alembic revision -m x --head blog@head", "db revision -m x --head blog@head")
            .at(Forked)
            .writes("_x.rs"),
        same(
            "alembic revision -m x --head base --branch-label shop",
            "db revision -m x --head base --branch-label shop",
        )
        .writes("_x.rs"),
        same(
            "alembic revision -m x --version-path database/migrations",
            "db revision -m x --version-path database/migrations",
        )
        .writes("_x.rs"),
        same("alembic revision -m x --rev-id ab12", "db revision -m x --rev-id ab12").writes("_x.rs"),
        same(
            "alembic revision -m x --depends-on 2_posts",
            "db revision -m x --head 1_users --splice --depends-on 2_posts",
        )
        .writes("_x.rs"),
        same("alembic revision -m x --sql", "db revision -m x --sql")
            .writes("_x.sql")
            .note("another thing: it writes a SQL file; nothing is compared yet"),
        not_yet("alembic revision --autogenerate -m x", "db revision --autogenerate -m x"),
        same("alembic merge heads -m \"join them\"", "db merge heads -m \"join them\"")
            .at(Forked)
            .writes("_join_them.rs"),
        same("alembic merge 2_posts 3_carts --rev-id ab12", "db merge 2_posts 3_carts --rev-id ab12")
            .at(Forked)
            .writes(".rs"),
        same("alembic merge heads --branch-label joined", "db merge heads --branch-label joined")
            .at(Forked)
            .writes(".rs"),
        same("alembic merge 2_posts 3_carts --splice", "db merge 2_posts 3_carts --splice")
            .at(Forked)
            .writes(".rs"),
        same("alembic edit 2_posts", "db edit 2_posts")
            .shows("edited `database/migrations/2_posts.sql`")
            .note("`$VISUAL`, else `$EDITOR`"),
    ]
}
