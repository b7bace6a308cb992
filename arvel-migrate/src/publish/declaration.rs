//! Reads `migration! { up, down, … }` in a file's text, and inserts entries into it.
//!
//! It works on tokens, so that comments, strings and layout can not mislead it, and refuses nothing: a text that is
//! no Rust has no declaration.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The declaration of one file.
pub(crate) struct Declaration {
    /// `key: "value"` entries whose value is a plain text.
    texts: Vec<(String, String)>,
    /// `key: ["value", …]` entries whose values are plain texts.
    lists: Vec<List>,
    /// The entries that are plain names: the functions.
    functions: Vec<String>,
    /// The keys of all entries.
    keys: Vec<String>,
    /// Where a further entry goes, in bytes.
    end: usize,
    /// What separates a further entry from the last one.
    separator: String,
}

/// `key: ["value", …]`.
struct List {
    key: String,
    values: Vec<String>,
    /// Where a further value goes, in bytes.
    end: usize,
}

impl Declaration {
    /// Finds the declaration at the top level of a file. The text must have LF line ends and no byte order mark.
    pub(crate) fn find(text: &str) -> Option<Self> {
        let tokens: Vec<TokenTree> = text.parse::<TokenStream>().ok()?.into_iter().collect();
        let group = tokens.windows(3).find_map(declared)?;
        let entries = entries(group);
        let last = entries.iter().rev().flat_map(|entry| entry.last()).next()?;
        let end = last.span().byte_range().end;
        let (opened, closed) = (group.span_open().byte_range().end, group.span_close().byte_range().start);
        let many_lines = text.get(opened..end)?.contains('\n') && text.get(end..closed)?.contains('\n');
        let separator = if many_lines {
            let line = text.get(..end)?.rsplit('\n').next().unwrap_or("");
            let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
            format!(",\n{indent}")
        } else {
            ", ".to_owned()
        };
        Some(Self {
            texts: entries.iter().filter_map(|entry| key_and_text(entry)).collect(),
            lists: entries.iter().filter_map(|entry| key_and_list(entry)).collect(),
            functions: entries.iter().filter_map(|entry| function(entry)).collect(),
            keys: entries.iter().filter_map(|entry| key(entry)).collect(),
            end,
            separator,
        })
    }

    /// The functions that it names: `up`, `down`.
    pub(crate) fn functions(&self) -> &[String] {
        &self.functions
    }

    /// The plain text of an entry: `origin: "arvel-auth/create_users_table"`.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.texts.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The plain texts of an entry: `parents: ["1_a", "2_b"]`.
    pub(crate) fn list(&self, key: &str) -> Option<&[String]> {
        self.lists.iter().find(|list| list.key == key).map(|list| list.values.as_slice())
    }

    /// Whether there is such an entry, in whatever form.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|name| name == key)
    }

    /// The file's text with further `key: value` entries, and with further values in a list that it has.
    pub(crate) fn with(
        &self,
        text: &str,
        entries: &[(&str, String)],
        more: Option<(&str, &[String])>,
    ) -> String {
        let added: String =
            entries.iter().map(|(key, value)| format!("{}{key}: {value}", self.separator)).collect();
        let mut insertions = vec![(self.end, added)];
        if let Some((key, values)) = more
            && let Some(list) = self.lists.iter().find(|list| list.key == key)
        {
            let comma = if list.values.is_empty() { "" } else { ", " };
            insertions.push((list.end, format!("{comma}{}", quoted(values))));
        }
        // From the end, so that no place moves before it is used.
        insertions.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        insertions.into_iter().fold(text.to_owned(), |text, (at, added)| {
            let (head, tail) = text.split_at_checked(at).unwrap_or((&text, ""));
            format!("{head}{added}{tail}")
        })
    }
}

/// `"a", "b"`.
pub(crate) fn quoted(values: &[String]) -> String {
    values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(", ")
}

/// The group of `migration! { … }` when three tokens are that.
pub(crate) fn declared(tokens: &[TokenTree]) -> Option<&Group> {
    match tokens {
        [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(group)]
            if name == "migration" && bang.as_char() == '!' && group.delimiter() != Delimiter::None =>
        {
            Some(group)
        }
        _ => None,
    }
}

/// The entries of a declaration, without their commas. Empty ones (a comma at the end) are left out.
pub(crate) fn entries(group: &Group) -> Vec<Vec<TokenTree>> {
    let mut entries = vec![Vec::new()];
    for token in group.stream() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => entries.push(Vec::new()),
            _ => {
                if let Some(entry) = entries.last_mut() {
                    entry.push(token);
                }
            }
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

fn function(entry: &[TokenTree]) -> Option<String> {
    match entry {
        [TokenTree::Ident(name)] => Some(name.to_string()),
        _ => None,
    }
}

/// The key of `key: value`.
pub(crate) fn key(entry: &[TokenTree]) -> Option<String> {
    match entry {
        [TokenTree::Ident(key), TokenTree::Punct(colon), ..] if colon.as_char() == ':' => {
            Some(key.to_string())
        }
        _ => None,
    }
}

fn key_and_text(entry: &[TokenTree]) -> Option<(String, String)> {
    match entry {
        [_, _, TokenTree::Literal(literal)] => Some((key(entry)?, plain_text(&literal.to_string())?)),
        _ => None,
    }
}

fn key_and_list(entry: &[TokenTree]) -> Option<List> {
    let [_, _, TokenTree::Group(group)] = entry else { return None };
    let values = entries(group);
    let last = values.last().and_then(|value| value.last());
    let end = last.map_or(group.span_open().byte_range().end, |last| last.span().byte_range().end);
    let values = values.into_iter().map(|value| match value.as_slice() {
        [TokenTree::Literal(literal)] => plain_text(&literal.to_string()),
        _ => None,
    });
    Some(List { key: key(entry)?, values: values.collect::<Option<_>>()?, end })
}

fn plain_text(literal: &str) -> Option<String> {
    Some(literal.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_goes_where_a_person_would_put_it() {
        let cases = [
            ("migration! { up, down }", r#"migration! { up, down, origin: "p/s" }"#),
            ("migration! {up}", r#"migration! {up, origin: "p/s"}"#),
            ("migration! { up, down, }", r#"migration! { up, down, origin: "p/s", }"#),
            (
                "// migration! { no }\narvel_migrate::migration!(up, down, labels: [\"é\"]);",
                "// migration! { no }\narvel_migrate::migration!(up, down, labels: [\"é\"], origin: \"p/s\");",
            ),
            (
                "migration! {\n    up,\n    down, // the way back\n}\n",
                "migration! {\n    up,\n    down,\n    origin: \"p/s\", // the way back\n}\n",
            ),
            ("migration! {\n    up, down\n}", "migration! {\n    up, down,\n    origin: \"p/s\"\n}"),
        ];
        for (before, after) in cases {
            let found = Declaration::find(before).expect(before);
            assert_eq!(found.with(before, &[("origin", r#""p/s""#.to_owned())], None), after);
            assert_eq!(Declaration::find(after).expect(after).text("origin"), Some("p/s"));
        }
    }

    #[test]
    fn a_value_goes_into_the_list_that_is_there() {
        let more = ["a/b".to_owned(), "c/d".to_owned()];
        for (before, after) in [
            (
                r#"migration! { up, depends_on: ["x"] }"#,
                r#"migration! { up, depends_on: ["x", "a/b", "c/d"], k: 1 }"#,
            ),
            (
                r#"migration! { up, depends_on: ["x",], down }"#,
                r#"migration! { up, depends_on: ["x", "a/b", "c/d",], down, k: 1 }"#,
            ),
            (r"migration! { up, depends_on: [] }", r#"migration! { up, depends_on: ["a/b", "c/d"], k: 1 }"#),
            ("migration! { up }", "migration! { up, k: 1 }"),
        ] {
            let found = Declaration::find(before).expect(before);
            assert_eq!(found.with(before, &[("k", "1".to_owned())], Some(("depends_on", &more))), after);
        }
    }

    #[test]
    fn lists_are_read_and_what_is_no_plain_text_is_not() {
        let text =
            "migration! { up, parents: [], labels: [\"a\", \"b\",], depends_on: [r\"x\"], revision: \"r\" }";
        let found = Declaration::find(text).expect(text);
        assert_eq!(found.list("parents"), Some(&[] as &[String]));
        assert_eq!(found.list("labels"), Some(&["a".to_owned(), "b".to_owned()][..]));
        assert_eq!((found.list("depends_on"), found.has("depends_on")), (None, true));
        assert_eq!((found.text("revision"), found.has("origin")), (Some("r"), false));
    }

    #[test]
    fn what_is_no_declaration_is_not_found() {
        for text in [
            "",
            "fn up() {}",
            "migration! {}",
            "// migration! { up }",
            "migration! { up",
            "\"migration! { up }\"",
        ] {
            assert!(Declaration::find(text).is_none(), "{text}");
        }
    }
}
