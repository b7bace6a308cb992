//! [`from_row!`](crate::from_row): `sqlx::FromRow` for plain structs, on every database at once.
//!
//! sqlx's own derive is a proc macro that builds the drivers a second time; this is a `macro_rules!`. It reads the
//! columns by the names of the fields, and takes `i64`, `f64`, `String`, `bool`, `Vec<u8>` and `Option`s of them: what every
//! driver decodes without a feature. Anything else is cast to text in the query.

/// Implements `sqlx::FromRow` for a struct whose fields are `i64`, `f64`, `String`, `bool`, `Vec<u8>` or an `Option` of one.
///
/// The crate that calls it depends on `sqlx`.
///
/// ```
/// struct User {
///     id: i64,
///     name: Option<String>,
/// }
///
/// arvel_migrate::from_row!(User { id, name });
///
/// fn of<'r, R: sqlx::Row, T: sqlx::FromRow<'r, R>>() {}
/// of::<sqlx::sqlite::SqliteRow, User>();
/// of::<sqlx::postgres::PgRow, User>();
/// of::<sqlx::mysql::MySqlRow, User>();
/// ```
#[macro_export]
macro_rules! from_row {
    ($model:ty { $($field:ident),* $(,)? }) => {
        impl<'r, R> ::sqlx::FromRow<'r, R> for $model
        where
            R: ::sqlx::Row,
            &'static str: ::sqlx::ColumnIndex<R>,
            i64: ::sqlx::Decode<'r, R::Database> + ::sqlx::Type<R::Database>,
            String: ::sqlx::Decode<'r, R::Database> + ::sqlx::Type<R::Database>,
            f64: ::sqlx::Decode<'r, R::Database> + ::sqlx::Type<R::Database>,
            ::std::vec::Vec<u8>: ::sqlx::Decode<'r, R::Database> + ::sqlx::Type<R::Database>,
            bool: ::sqlx::Decode<'r, R::Database> + ::sqlx::Type<R::Database>,
        {
            fn from_row(row: &'r R) -> ::core::result::Result<Self, ::sqlx::Error> {
                Ok(Self { $($field: row.try_get(stringify!($field))?),* })
            }
        }
    };
}
