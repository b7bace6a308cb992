//! The digest of a stub: what tells an edited file from a formatted one.
//!
//! Rust is digested over its tokens, with the comma before a closing bracket dropped, so that no formatter and no
//! ordinary comment changes it; SQL over its LF text without a byte order mark. The publisher's own first line,
//! `origin`, `revision` and `parents` are not in it: they say whose the file is and where it stands. What it depends on
//! is in it: that is the package's word.

use std::fmt;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use sha2::{Digest as _, Sha256};

use super::{
    FileKind,
    declaration::{declared, entries, key},
    head::{head_length, value},
    plain,
};
use crate::migration::hex;

/// `sha256:` and 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// Reads a digest as a published file's first line has it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("sha256:")?;
        let good = digits.len() == 64 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        good.then(|| Self(text.to_owned()))
    }

    /// The text, `sha256:…`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(format!("sha256:{}", hex(&Sha256::digest(bytes))))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What names a file and its place.
const PLACE: [&str; 3] = ["origin", "revision", "parents"];

/// The digest of a stub or of a published file. A Rust text that has no tokens (half a string, say) is digested as
/// it stands: it then differs from every stub, which is what an edit does.
#[must_use]
pub fn digest(kind: FileKind, text: &str) -> Digest {
    match kind {
        FileKind::Rust => rust(text, &PLACE),
        FileKind::Sql => {
            let text = plain(text);
            let head = head_length(kind, &text);
            let kept: Vec<&str> = text
                .lines()
                .enumerate()
                .filter(|(i, line)| *i >= head || !is_publishers(line))
                .map(|(_, line)| line)
                .collect();
            Digest::of_bytes(format!("sql\n{}", kept.join("\n").trim_end()).as_bytes())
        }
    }
}

/// The digest of what a Rust migration does, wherever it stands and whatever it depends on.
pub(crate) fn digest_of_content(text: &str) -> Digest {
    rust(text, &["origin", "revision", "parents", "depends_on"])
}

fn rust(text: &str, without: &[&str]) -> Digest {
    let text = plain(text);
    match text.parse::<TokenStream>() {
        Ok(tokens) => {
            let mut out = String::from("rust\n");
            feed(tokens.into_iter().collect(), without, &mut out);
            Digest::of_bytes(out.as_bytes())
        }
        Err(_) => Digest::of_bytes(format!("text\n{text}").as_bytes()),
    }
}

fn is_publishers(line: &str) -> bool {
    let Some(comment) = line.trim().strip_prefix("--").map(str::trim) else { return false };
    comment.starts_with("published from ") || PLACE.iter().any(|key| value(comment, key).is_some())
}

/// Writes tokens one to a line. Whether punctuation touches its neighbour is left out: formatters move it.
fn feed(tokens: Vec<TokenTree>, without: &[&str], out: &mut String) {
    let mut rest = tokens.as_slice();
    while let Some((token, after)) = rest.split_first() {
        if let Some(group) = rest.get(..3).and_then(declared) {
            out.push_str("migration\n!\n");
            let named = |entry: &[TokenTree]| key(entry).is_some_and(|key| without.contains(&key.as_str()));
            for entry in entries(group).into_iter().filter(|entry| !named(entry)) {
                feed(entry, without, out);
                out.push_str(";\n");
            }
            rest = &rest[3..];
            continue;
        }
        match token {
            TokenTree::Group(group) => feed_group(group, without, out),
            TokenTree::Punct(comma) if comma.as_char() == ',' && after.is_empty() => {}
            other => {
                out.push_str(&other.to_string());
                out.push('\n');
            }
        }
        rest = after;
    }
}

fn feed_group(group: &Group, without: &[&str], out: &mut String) {
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(\n", ")\n"),
        Delimiter::Brace => ("{\n", "}\n"),
        Delimiter::Bracket => ("[\n", "]\n"),
        Delimiter::None => ("", ""),
    };
    out.push_str(open);
    feed(group.stream().into_iter().collect(), without, out);
    out.push_str(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    const STUB: &str = "use arvel_migrate::prelude::*;\n\nmigration! { up, down }\n\nfn up(schema: &mut Schema) {\n    schema.create(\"users\", |table| { table.id(); table.index([\"a\", \"b\"]); });\n}\nfn down(schema: &mut Schema) { schema.drop(\"users\"); }\n";

    fn rust(text: &str) -> Digest {
        digest(FileKind::Rust, text)
    }

    #[test]
    fn formatting_comments_line_ends_and_the_publishers_entries_change_nothing() {
        let same = [
            STUB.replace('\n', "\r\n"),
            format!("\u{feff}{STUB}"),
            format!("// published from arvel-auth 0.3.0: create_users_table (sha256:00)\n{STUB}"),
            STUB.replace("{ up, down }", "{ up, down, origin: \"arvel-auth/create_users_table\" }"),
            STUB.replace("{ up, down }", "{\n    up,\n    down,\n    revision: \"x\",\n}"),
            STUB.replace("{ up, down }", "{ up, down, parents: [\"1_a\"] }"),
            STUB.replace("[\"a\", \"b\"]", "[\n  \"a\",\n  \"b\", // why\n ]"),
            STUB.replace("{ table.id();", "{\n        table.id();\n       /* here */"),
        ];
        for text in same {
            assert_eq!(rust(&text), rust(STUB), "{text}");
        }
    }

    #[test]
    fn what_runs_differently_differs() {
        let other = [
            STUB.replace("\"users\"", "\"people\""),
            STUB.replace("table.id();", ""),
            STUB.replace("{ up, down }", "{ up }"),
            STUB.replace("{ up, down }", "{ up, down, transaction: false }"),
            STUB.replace("{ up, down }", "{ up, down, depends_on: [\"a/b\"] }"),
            STUB.replace("\"b\"]", "\"b]"),
            String::new(),
        ];
        for text in other {
            assert_ne!(rust(&text), rust(STUB), "{text}");
        }
    }

    #[test]
    fn sql_is_its_text() {
        let stub = "-- migrate:up\nCREATE TABLE a (b INT);\n-- migrate:down\nDROP TABLE a;\n";
        let of = |text: &str| digest(FileKind::Sql, text);
        assert_eq!(of(&stub.replace('\n', "\r\n")), of(stub));
        assert_eq!(
            of(&format!("\u{feff}-- published from a 1.0.0: s (x)\n-- origin: a/s\n{stub}\n\n")),
            of(stub)
        );
        assert_eq!(of(&format!("/* ours */\n-- parents : 1_a\n{stub}")), of(&format!("/* ours */\n{stub}")));
        assert_ne!(of(&stub.replace("INT", "TEXT")), of(stub));
        assert_ne!(of(&format!("-- depends_on: a/b\n{stub}")), of(stub));
        assert_ne!(of(&stub.replace("CREATE", "-- origin: in the body\nCREATE")), of(stub));
    }

    #[test]
    fn digests_are_read_strictly() {
        let good = rust(STUB);
        assert_eq!(Digest::parse(good.as_str()), Some(good));
        for bad in ["", "sha256:", "sha256:00", "md5:00"] {
            assert_eq!(Digest::parse(bad), None, "{bad}");
        }
    }
}
