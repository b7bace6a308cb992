//! The tables that a migration creates and takes away: of recorded operations, and of texts that nothing has compiled or
//! run.
//!
//! A text is read for its plain forms only: `.create("users", …)` in the `up` of a Rust file, `CREATE TABLE users` in the
//! way forward of a SQL one. What a text hides, the database says when it runs.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{FileKind, plain};
use crate::{
    migration::SqlFile,
    operation::{Operation, TableName},
};

/// What a migration does to tables, by their full names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TablesTouched {
    /// Those that it creates.
    pub creates: Vec<String>,
    /// Those that it drops, or gives another name.
    pub drops: Vec<String>,
}

impl TablesTouched {
    /// Of recorded operations.
    #[must_use]
    pub fn by(operations: &[Operation]) -> Self {
        let mut touched = Self::default();
        for operation in operations {
            match operation {
                Operation::CreateTable(table) => touched.creates.push(table.name.to_string()),
                Operation::DropTable { table, .. } => touched.drops.push(table.to_string()),
                Operation::RenameTable { from, to } => {
                    touched.drops.push(from.to_string());
                    touched.creates.push(to.to_string());
                }
                _ => {}
            }
        }
        touched
    }

    /// Of a file's text.
    #[must_use]
    pub fn in_text(kind: FileKind, text: &str) -> Self {
        match kind {
            FileKind::Rust => in_rust(&plain(text)),
            FileKind::Sql => match SqlFile::parse(text) {
                Ok(file) => in_sql(&file.up.text),
                Err(_) => Self::default(),
            },
        }
    }
}

fn in_rust(text: &str) -> TablesTouched {
    let mut touched = TablesTouched::default();
    let Ok(tokens) = text.parse::<TokenStream>() else { return touched };
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_up = |pair: &[TokenTree]| matches!(pair, [TokenTree::Ident(word), TokenTree::Ident(name)] if word == "fn" && name == "up");
    let Some(at) = tokens.windows(2).position(is_up) else { return touched };
    let inside = |wanted: Delimiter| {
        tokens[at..].iter().find_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == wanted => Some(group.stream()),
            _ => None,
        })
    };
    if let (Some(parameters), Some(body)) = (inside(Delimiter::Parenthesis), inside(Delimiter::Brace))
        && let Some(TokenTree::Ident(schema)) = parameters.into_iter().next()
    {
        calls(body, &schema.to_string(), &mut touched);
    }
    touched
}

/// `schema.create("users", …)`, at any depth.
fn calls(tokens: TokenStream, schema: &str, touched: &mut TablesTouched) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if group.delimiter() == Delimiter::Parenthesis
            && let [.., TokenTree::Ident(receiver), TokenTree::Punct(point), TokenTree::Ident(method)] =
                &tokens[..at]
            && point.as_char() == '.'
            && receiver == schema
        {
            let texts = first_texts(group.stream());
            match (method.to_string().as_str(), texts.as_slice()) {
                ("create" | "create_if_not_exists", [table, ..]) => touched.creates.push(table.clone()),
                ("drop" | "drop_if_exists", [table]) => touched.drops.push(table.clone()),
                ("rename", [from, to]) => {
                    touched.drops.push(from.clone());
                    touched.creates.push(to.clone());
                }
                _ => {}
            }
        }
        calls(group.stream(), schema, touched);
    }
}

/// The arguments of a call up to the first that is no plain text.
fn first_texts(arguments: TokenStream) -> Vec<String> {
    let mut texts = Vec::new();
    let mut arguments = arguments.into_iter();
    while let Some(TokenTree::Literal(literal)) = arguments.next() {
        let literal = literal.to_string();
        let Some(text) = literal.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else { break };
        texts.push(TableName::parse(text).to_string());
        match arguments.next() {
            Some(TokenTree::Punct(comma)) if comma.as_char() == ',' => {}
            _ => break,
        }
    }
    texts
}

fn in_sql(text: &str) -> TablesTouched {
    let mut touched = TablesTouched::default();
    let mut statement: Vec<Token> = Vec::new();
    let mut rest = text;
    loop {
        let (token, after) = match next(rest) {
            Some((token, after)) => (token, after),
            None => (Token::End, ""),
        };
        rest = after;
        match token {
            Token::Space => {}
            Token::End => {
                read_statement(&statement, &mut touched);
                statement.clear();
                if rest.is_empty() {
                    return touched;
                }
            }
            // No statement that counts is longer than its name.
            token if statement.len() < 16 => statement.push(token),
            _ => {}
        }
    }
}

/// What a statement is read as.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Space,
    /// A bare word, lower case.
    Word(String),
    /// A quoted name, without its quotes.
    Name(String),
    Sign(char),
    End,
}

fn read_statement(statement: &[Token], touched: &mut TablesTouched) {
    let mut tokens = statement;
    let mut take = |words: &[&str]| match tokens.split_first() {
        Some((Token::Word(word), rest)) if words.contains(&word.as_str()) => {
            tokens = rest;
            true
        }
        _ => false,
    };
    let created = take(&["create"]);
    if !created && !take(&["drop"]) {
        return;
    }
    while take(&["or", "replace", "unlogged", "foreign", "virtual", "global"]) {}
    // A temporary one is no table of the application: no such word is passed over.
    if !take(&["table"]) {
        return;
    }
    while take(&["if", "not", "exists"]) {}
    let tables = if created { &mut touched.creates } else { &mut touched.drops };
    while let Some((name, rest)) = qualified(tokens) {
        tables.push(name);
        match rest {
            [Token::Sign(','), rest @ ..] if !created => tokens = rest,
            _ => break,
        }
    }
}

/// `users`, `app.users`, `"app"."users"`.
fn qualified(tokens: &[Token]) -> Option<(String, &[Token])> {
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = tokens;
    while let [Token::Word(part) | Token::Name(part), after @ ..] = rest {
        parts.push(part);
        rest = after;
        match rest {
            [Token::Sign('.'), after @ ..] => rest = after,
            _ => break,
        }
    }
    let name = parts.pop()?;
    let schema = parts.pop().map(str::to_owned);
    Some((TableName { schema, name: name.to_owned() }.to_string(), rest))
}

fn next(text: &str) -> Option<(Token, &str)> {
    let first = text.chars().next()?;
    let behind = |end: usize| text.get(end..).unwrap_or("");
    let until = |from: usize, mark: &str| {
        text.get(from..).and_then(|rest| rest.find(mark)).map_or(text.len(), |at| from + at + mark.len())
    };
    Some(match first {
        ';' => (Token::End, behind(1)),
        _ if text.starts_with("--") => (Token::Space, behind(until(2, "\n"))),
        _ if text.starts_with("/*") => (Token::Space, behind(until(2, "*/"))),
        '\'' => (Token::Sign('\''), behind(until(1, "'"))),
        '"' | '`' => {
            let end = until(1, if first == '"' { "\"" } else { "`" });
            (Token::Name(inside(text, end)), behind(end))
        }
        '[' => {
            let end = until(1, "]");
            (Token::Name(inside(text, end)), behind(end))
        }
        '$' => {
            let tag = text.get(1..).and_then(|rest| rest.find('$')).map_or(1, |at| at + 2);
            let (mark, is_tag) = (&text[..tag], text[1..tag].trim_end_matches('$'));
            match tag > 1 && is_tag.chars().all(is_word) {
                true => (Token::Sign('$'), behind(until(tag, mark))),
                false => (Token::Sign('$'), behind(1)),
            }
        }
        _ if is_word(first) => {
            let end = text.find(|c| !is_word(c) && c != '$').unwrap_or(text.len());
            (Token::Word(text[..end].to_lowercase()), behind(end))
        }
        _ if first.is_whitespace() => (Token::Space, behind(first.len_utf8())),
        _ => (Token::Sign(first), behind(first.len_utf8())),
    })
}

fn inside(text: &str, end: usize) -> String {
    text.get(1..end.saturating_sub(1)).unwrap_or_default().to_owned()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sql_creates_and_drops() {
        let cases: [(&str, &[&str], &[&str]); 14] = [
            ("CREATE TABLE users (id INT);", &["users"], &[]),
            ("create table if not exists Users(id int)", &["users"], &[]),
            ("CREATE TABLE \"Users\" (id int); CREATE TABLE `b c`(x int)", &["Users", "b c"], &[]),
            (
                "CREATE TABLE app.users (id int); CREATE TABLE \"a\".\"b\" (id int)",
                &["app.users", "a.b"],
                &[],
            ),
            ("CREATE UNLOGGED TABLE a (b int); CREATE OR REPLACE TABLE c (d int)", &["a", "c"], &[]),
            ("CREATE VIRTUAL TABLE search USING fts5(text)", &["search"], &[]),
            ("CREATE TEMPORARY TABLE a (b int); CREATE TEMP TABLE c (d int)", &[], &[]),
            (
                "-- CREATE TABLE a (b int);\n/* CREATE TABLE c (d int); */ SELECT 'CREATE TABLE e; CREATE TABLE f';",
                &[],
                &[],
            ),
            ("DO $x$ BEGIN CREATE TABLE a (b int); END $x$; CREATE TABLE c (d int)", &["c"], &[]),
            ("SELECT 1; /* why */ CREATE\n  TABLE [a] (b int)", &["a"], &[]),
            ("CREATE INDEX a ON users (b); ALTER TABLE c ADD d INT", &[], &[]),
            ("DROP TABLE IF EXISTS a, app.b CASCADE; DROP INDEX c", &[], &["a", "app.b"]),
            ("CREATE TABLE", &[], &[]),
            ("CREATE TABLE é (x int); SELECT '", &["é"], &[]),
        ];
        for (text, creates, drops) in cases {
            let touched = TablesTouched::in_text(FileKind::Sql, text);
            assert_eq!(
                (touched.creates.as_slice(), touched.drops.as_slice()),
                (&*owned(creates), &*owned(drops)),
                "{text}"
            );
        }
        let back = "-- migrate:up\nDROP TABLE a;\n-- migrate:down\nCREATE TABLE a (b int);\n";
        let touched = TablesTouched::in_text(FileKind::Sql, back);
        assert_eq!(
            (touched.creates.len(), touched.drops),
            (0, owned(&["a"])),
            "the way back creates nothing"
        );
    }

    #[test]
    fn what_rust_creates_and_drops() {
        let up = |body: &str| {
            format!(
                "use x::*;\nmigration! {{ up, down }}\nfn up(schema: &mut Schema) {{ {body} }}\n\
                 fn down(schema: &mut Schema) {{ schema.create(\"back\", |t| {{ t.id(); }}); }}\n"
            )
        };
        let cases: [(&str, &[&str], &[&str]); 7] = [
            ("schema.create(\"users\", |table| { table.id(); });", &["users"], &[]),
            ("if x { schema.create_if_not_exists(\"app.users\", |t| {}); }", &["app.users"], &[]),
            ("schema.create(NAME, |t| {}); // .create(\"a\")\n", &[], &[]),
            ("let s = \".create(\\\"users\\\")\"; create(\"users\");", &[], &[]),
            ("schema.table(\"users\", |t| { t.string(\"create\"); t.drop(\"x\"); });", &[], &[]),
            ("schema.drop(\"users\"); schema.drop_if_exists(\"a\");", &[], &["users", "a"]),
            ("schema.rename(\"a\", \"b\");", &["b"], &["a"]),
        ];
        for (body, creates, drops) in cases {
            let touched = TablesTouched::in_text(FileKind::Rust, &up(body));
            assert_eq!(
                (touched.creates.as_slice(), touched.drops.as_slice()),
                (&*owned(creates), &*owned(drops)),
                "{body}"
            );
        }
        for broken in ["", "fn up", "fn up()", "fn up() {", "fn update() { s.create(\"a\") }"] {
            assert_eq!(TablesTouched::in_text(FileKind::Rust, broken), TablesTouched::default(), "{broken}");
        }
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }
}
