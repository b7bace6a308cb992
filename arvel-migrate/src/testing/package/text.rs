//! What the text of a stub may not say: the application gets a copy, and compiles it in another crate and another folder.

use proc_macro2::{TokenStream, TokenTree};

/// Macros that read a file beside the one that names it.
const BESIDE: [&str; 4] = ["include", "include_str", "include_bytes", "include_sql"];

/// The first thing that would mean something else in an application: `crate::…`, `super::…`, a module in a file of its
/// own, a file beside it. Text that is no Rust says nothing; the compiler has told of it.
pub(super) fn said(text: &str) -> Option<String> {
    let tokens: TokenStream = text.parse().ok()?;
    said_in(&tokens.into_iter().collect::<Vec<_>>(), 0)
}

/// `depth`: in how many modules of the text it stands. `super` leaves one of them.
fn said_in(tokens: &[TokenTree], depth: usize) -> Option<String> {
    let mut module = false;
    for (at, token) in tokens.iter().enumerate() {
        let next = |more: usize| tokens.get(at + more);
        let is = |token: Option<&TokenTree>, c: char| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == c);
        match token {
            TokenTree::Ident(name) => {
                let name = name.to_string();
                let path = is(next(1), ':') && is(next(2), ':');
                let inner = at > 0 && is(tokens.get(at - 1), ':');
                if name == "crate" && path {
                    return Some("crate::".to_owned());
                }
                if name == "super" && path && !inner && supers(&tokens[at..]) > depth {
                    return Some("super::".to_owned());
                }
                if BESIDE.contains(&name.as_str()) && is(next(1), '!') {
                    return Some(format!("{name}!"));
                }
                if name == "mod" && is(next(2), ';') {
                    let of = next(1).map(ToString::to_string).unwrap_or_default();
                    return Some(format!("mod {of};"));
                }
                module |= name == "mod";
            }
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let deeper =
                    depth + usize::from(module && group.delimiter() == proc_macro2::Delimiter::Brace);
                if let Some(found) = said_in(&inside, deeper) {
                    return Some(found);
                }
                module = false;
            }
            _ => {}
        }
    }
    None
}

/// How many `super::` stand one behind the other.
fn supers(tokens: &[TokenTree]) -> usize {
    let is_super = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "super");
    tokens.chunks(3).take_while(|of| of.first().is_some_and(is_super)).count()
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn what_a_copy_can_not_say() {
        let cases = [
            ("use arvel_migrate::prelude::*; fn up(schema: &mut Schema) {}", None),
            ("use crate::models::Invoice;", Some("crate::")),
            ("fn up() { let _ = crate::names(); }", Some("crate::")),
            ("use super::names;", Some("super::")),
            ("mod inner { use super::names; }", None),
            ("mod inner { fn a() { super::names() } }", None),
            ("mod inner { use super::super::names; }", Some("super::")),
            ("fn a() { let b = c; } fn d() { super::e() }", Some("super::")),
            ("mod names;", Some("mod names;")),
            ("schema.sql_file(include_sql!(\"a.sql\"));", Some("include_sql!")),
            ("const A: &str = include_str!(\"a\");", Some("include_str!")),
            ("// crate:: and super::\nconst A: &str = \"crate::\"; struct Include;", None),
            ("pub(crate) fn a() {} pub(super) fn b() {}", None),
            ("half \" a string", None),
        ];
        for (text, expected) in cases {
            assert_eq!(said(text).as_deref(), expected, "{text}");
        }
    }
}
