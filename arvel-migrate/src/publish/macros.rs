//! The declaration that a package makes: `bundle!`.

/// Declares the migrations that a package bundles, once, at the top level of a file.
///
/// Each entry makes a module of the stub (so the package's own tests compile and run it) and keeps its text (which is
/// what is published). Paths are relative to the file of the declaration and lie in a folder called `stubs`; the
/// declaration must not be inside an inline `mod { … }`, where modules and texts would be looked for in different
/// folders. A SQL stub is marked `sql`, because it has a text only.
///
/// - `after [stub, "package/stub"]`: what comes before it. The published file depends on it.
/// - `follows stub since "0.2.0"`: a follow-up. It brings a file that was published from a version before 0.2.0 to the
///   shape that the stub has since. Where the stub is published in the new shape, it is not needed.
/// - `formerly ["former/stub_0_1_0.rs"]`: texts that older versions had. They are what the changes of a user and those of
///   the package are told apart by.
///
/// ```ignore
/// arvel_migrate::bundle! {
///     create_users_table => "stubs/create_users_table.rs" formerly ["former/create_users_table_0_1_0.rs"],
///     add_locale_to_users => "stubs/add_locale_to_users.rs" follows create_users_table since "0.2.0",
///     create_tokens_table => "stubs/create_tokens_table.rs" after [create_users_table],
///     search_index => sql "stubs/search_index.sql" after ["arvel-media/create_media_table"],
/// }
/// ```
#[macro_export]
macro_rules! bundle {
    ($(
        $name:ident => $($kind:ident)? $path:literal
        $(after [$($after:tt),* $(,)?])?
        $(follows $follows:ident since $since:literal)?
        $(formerly [$($former:literal),* $(,)?])?
    ),* $(,)?) => {
        /// The line of this package's stubs.
        pub(crate) const LINE: &str = concat!("package:", env!("CARGO_PKG_NAME"));
        const _: &str = LINE;
        $($crate::__stub_module!($($kind)? $name $path);)*
        $crate::inventory::submit! {
            $crate::publish::Bundle {
                package: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
                file: file!(),
                stubs: &[$($crate::publish::Stub {
                    name: stringify!($name),
                    path: $path,
                    text: include_str!($path),
                    after: &[$($($crate::__after!($after),)*)?],
                    follows: $crate::__follows!($($follows $since)?),
                    former: &[$($(include_str!($former)),*)?],
                },)*],
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub_module {
    (sql $name:ident $path:literal) => {
        const _: () = assert!(
            $crate::publish::const_ends_with($path, ".sql"),
            "a stub that is marked `sql` is a file that ends in `.sql`"
        );
    };
    ($name:ident $path:literal) => {
        const _: () = assert!(
            $crate::publish::const_is_stub_path($path),
            "a stub is a `.rs` file in a folder called `stubs`; mark a SQL one: `name => sql \"stubs/name.sql\"`"
        );
        #[path = $path]
        mod $name;
    };
    ($kind:ident $name:ident $path:literal) => {
        compile_error!(concat!("`", stringify!($kind), "` is no kind of stub; a file that ends in `.sql` is marked `sql`"));
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __after {
    ($stub:ident) => {
        $crate::publish::StubOrigin::Here(stringify!($stub))
    };
    ($origin:literal) => {
        $crate::publish::StubOrigin::Elsewhere($origin)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __follows {
    () => {
        ::core::option::Option::None
    };
    ($stub:ident $since:literal) => {
        ::core::option::Option::Some($crate::publish::StubFollows { stub: stringify!($stub), since: $since })
    };
}
