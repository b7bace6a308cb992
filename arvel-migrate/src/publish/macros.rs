//! The declaration that a package makes: `bundle!`.

/// Declares the migrations that a package bundles, once, at the top level of a file.
///
/// Each entry makes a module of the stub (so the package's own tests compile and run it) and keeps its text (which is
/// what is published). Paths are relative to the file of the declaration and lie in a folder called `stubs`; the
/// declaration must not be inside an inline `mod { … }`, where modules and texts would be looked for in different
/// folders. A SQL stub is marked `sql`, because it has a text only.
///
/// ```ignore
/// arvel_migrate::bundle! {
///     create_users_table => "stubs/create_users_table.rs",
///     create_tokens_table => "stubs/create_tokens_table.rs" after [create_users_table],
///     search_index => sql "stubs/search_index.sql" after ["arvel-media/create_media_table"],
/// }
/// ```
#[macro_export]
macro_rules! bundle {
    ($($entries:tt)*) => {
        /// The line of this package's stubs.
        pub(crate) const LINE: &str = concat!("package:", env!("CARGO_PKG_NAME"));
        const _: &str = LINE;
        $crate::__bundle!([] $($entries)*);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __bundle {
    ([$($stubs:expr,)*]) => {
        $crate::inventory::submit! {
            $crate::publish::Bundle {
                package: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
                file: file!(),
                stubs: &[$($stubs,)*],
            }
        }
    };
    ([$($stubs:expr,)*] $name:ident => sql $path:literal after [$($after:tt),* $(,)?] $(, $($rest:tt)*)?) => {
        const _: () = assert!(
            $crate::publish::const_ends_with($path, ".sql"),
            "a stub that is marked `sql` is a file that ends in `.sql`"
        );
        $crate::__bundle!([$($stubs,)* $crate::__stub!($name $path [$($after)*]),] $($($rest)*)?);
    };
    ([$($stubs:expr,)*] $name:ident => sql $path:literal $(, $($rest:tt)*)?) => {
        $crate::__bundle!([$($stubs,)*] $name => sql $path after [] $(, $($rest)*)?);
    };
    ([$($stubs:expr,)*] $name:ident => $path:literal after [$($after:tt),* $(,)?] $(, $($rest:tt)*)?) => {
        const _: () = assert!(
            $crate::publish::const_is_stub_path($path),
            "a stub is a `.rs` file in a folder called `stubs`; mark a SQL one: `name => sql \"stubs/name.sql\"`"
        );
        #[path = $path]
        mod $name;
        $crate::__bundle!([$($stubs,)* $crate::__stub!($name $path [$($after)*]),] $($($rest)*)?);
    };
    ([$($stubs:expr,)*] $name:ident => $path:literal $(, $($rest:tt)*)?) => {
        $crate::__bundle!([$($stubs,)*] $name => $path after [] $(, $($rest)*)?);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub {
    ($name:ident $path:literal [$($after:tt)*]) => {
        $crate::publish::Stub {
            name: stringify!($name),
            path: $path,
            text: include_str!($path),
            after: &[$($crate::__after!($after)),*],
        }
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
