//! The declarations that a migration file and a folder's `mod.rs` make.

/// Declares the migration of this file.
///
/// The revision is the file's stem; `up` and `down` are functions of the file. Without `down`, the exact reverse of
/// what `up` records is used, where it has one. Header data follows as `key: value`:
/// `revision: "…"`, `parents: ["…"]`, `depends_on: ["…"]`, `labels: ["…"]`, `origin: "package/stub"`,
/// `database: "…"`, `description: "…"`, `transaction: false` (each statement for itself) or `true` (what would cut the
/// migration in pieces is refused), `reads: ["key", "--tag"]` (what it reads of `-x` and `--tag`).
///
/// ```ignore
/// use arvel_migrate::prelude::*;
///
/// migration! { up, down }
///
/// fn up(schema: &mut Schema) {
///     schema.create("posts", |table| {
///         table.id();
///         table.string("title");
///     });
/// }
///
/// fn down(schema: &mut Schema) {
///     schema.drop("posts");
/// }
/// ```
#[macro_export]
macro_rules! migration {
    (up, down $(, $($header:tt)*)?) => {
        $crate::__migration!(up, ::core::option::Option::Some(down); $($($header)*)?);
    };
    (up $(, $($header:tt)*)?) => {
        $crate::__migration!(up, ::core::option::Option::None; $($($header)*)?);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __migration {
    ($up:path, $down:expr;) => {
        $crate::inventory::submit! {
            $crate::migration::Registration::of_file(
                file!(),
                super::LINE,
                env!("CARGO_PKG_NAME"),
                $crate::migration::Source::Rust { up: $up, down: $down },
            )
        }
    };
    ($up:path, $down:expr; $($key:ident : $value:tt),* $(,)?) => {
        $crate::inventory::submit! {
            $crate::migration::Registration {
                $($key: $crate::__header!($key $value),)*
                ..$crate::migration::Registration::of_file(
                    file!(),
                    super::LINE,
                    env!("CARGO_PKG_NAME"),
                    $crate::migration::Source::Rust { up: $up, down: $down },
                )
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __header {
    (revision $value:literal) => { ::core::option::Option::Some($value) };
    (parents [$($value:literal),* $(,)?]) => { ::core::option::Option::Some(&[$($value),*]) };
    (depends_on [$($value:literal),* $(,)?]) => { &[$($value),*] };
    (labels [$($value:literal),* $(,)?]) => { &[$($value),*] };
    (origin $value:literal) => { ::core::option::Option::Some($value) };
    (database $value:literal) => { ::core::option::Option::Some($value) };
    (description $value:literal) => { ::core::option::Option::Some($value) };
    (transaction $value:literal) => { ::core::option::Option::Some($value) };
    (reads [$($value:literal),+ $(,)?]) => {
        ::core::option::Option::Some($crate::migration::Reads {
            entries: &[$($value),+],
            text: $crate::__text_of_the_file_of!($($value)+),
        })
    };
    ($key:ident $value:tt) => {
        compile_error!(concat!(
            "`", stringify!($key), "` is not a header of `migration!`, or its value has the wrong form; it takes ",
            "revision, parents, depends_on, labels, origin, database, description, transaction, reads"
        ))
    };
}

/// Embeds a SQL migration: a line of a folder's `mod.rs`. A pair is named with both files.
///
/// ```ignore
/// arvel_migrate::sql!("2026_11_20_143000_create_posts_table.sql");
/// arvel_migrate::sql!("2026_11_21_090000_add_slug.up.sql", "2026_11_21_090000_add_slug.down.sql");
/// ```
#[macro_export]
macro_rules! sql {
    ($file:literal) => {
        $crate::__sql!($file, $crate::migration::Source::Sql { text: include_str!($file) });
    };
    ($up:literal, $down:literal) => {
        $crate::__sql!(
            $up,
            $crate::migration::Source::SqlPair { up: include_str!($up), down: include_str!($down) }
        );
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __sql {
    ($file:literal, $source:expr) => {
        $crate::inventory::submit! {
            $crate::migration::Registration::of_sql(file!(), $file, LINE, env!("CARGO_PKG_NAME"), $source)
        }
    };
}

/// A SQL file in the program, for `schema.sql_file(…)`: its path from the file that names it.
///
/// ```ignore
/// schema.sql_file(include_sql!("backfill.sql"));
/// ```
#[macro_export]
macro_rules! include_sql {
    ($file:literal) => {
        $crate::operation::EmbeddedSql { beside: file!(), file: $file, text: include_str!($file) }
    };
}

/// Names the line of a folder: the first declaration of its `mod.rs`.
#[macro_export]
macro_rules! line {
    ($name:literal) => {
        /// The line that the migrations of this folder belong to.
        pub(crate) const LINE: &str = $name;
    };
}
