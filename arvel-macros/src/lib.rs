//! Procedural macros of Arvel: `derive(Model)` and `derive(ColumnEnum)` will live here, and what only the compiler can say
//! of a file.

use proc_macro::{Literal, TokenStream, TokenTree};

/// The text of the file that its first token was written in, as a literal. [`arvel_migrate::migration!`] uses it for what
/// reads the command line; `include_str!` can not, since a macro does not know the file's name.
///
/// An editor that expands macros by itself has no file to read: the text is empty there.
///
/// [`arvel_migrate::migration!`]: https://docs.rs/arvel-migrate
#[proc_macro]
pub fn text_of_the_file_of(tokens: TokenStream) -> TokenStream {
    let path = tokens.into_iter().next().and_then(|token| written(token).local_file());
    let text = path.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    TokenTree::from(Literal::string(&text)).into()
}

/// Where a token was written: a fragment of another macro comes in a group without delimiters.
fn written(token: TokenTree) -> proc_macro::Span {
    match &token {
        TokenTree::Group(group) => match group.stream().into_iter().next() {
            Some(inner) => written(inner),
            None => group.span(),
        },
        other => other.span(),
    }
}
