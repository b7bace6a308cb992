//! The words of SQLite's own texts: `sqlite_schema` keeps a table as the text that made it, and nothing else knows its
//! checks, collations and names of keys. White space and comments are skipped, positions are kept.
//!
//! It refuses nothing: what is never closed ends with the text.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword or a bare name.
    Word,
    /// A name in `"…"`, `` `…` `` or `[…]`.
    Quoted,
    /// A text or blob literal.
    Text,
    /// A number.
    Number,
    /// One other character.
    Symbol,
}

/// One token with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Byte offset from 0.
    pub(super) start: usize,
}

impl Token<'_> {
    /// The byte offset behind it.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this keyword.
    pub(super) fn is(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is this character.
    pub(super) fn symbol(&self, symbol: &str) -> bool {
        self.kind == Kind::Symbol && self.text == symbol
    }

    /// Whether it can stand for a name. SQLite takes `'…'` for one where only a name can be.
    pub(super) fn nameable(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Quoted | Kind::Text)
    }

    /// The name it stands for, without quotes.
    pub(super) fn name(&self) -> String {
        let mut chars = self.text.chars();
        let close = match chars.next() {
            Some('[') => ']',
            Some(quote @ ('"' | '`' | '\'')) => quote,
            _ => return self.text.to_owned(),
        };
        let inner = chars.as_str();
        let inner = inner.strip_suffix(close).unwrap_or(inner);
        if close == ']' {
            return inner.to_owned();
        }
        inner.replace(&format!("{close}{close}"), &close.to_string())
    }

    /// Whether it is an identifier of this name, as SQLite compares them: without regard to ASCII case.
    pub(super) fn names(&self, name: &str) -> bool {
        match self.kind {
            Kind::Word => self.text.eq_ignore_ascii_case(name) && !reserved(self.text),
            Kind::Quoted => self.name().eq_ignore_ascii_case(name),
            _ => false,
        }
    }
}

/// Words of expressions that are never a bare name.
fn reserved(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "and",
        "as",
        "between",
        "case",
        "check",
        "collate",
        "create",
        "default",
        "delete",
        "distinct",
        "else",
        "escape",
        "exists",
        "from",
        "group",
        "having",
        "in",
        "index",
        "insert",
        "into",
        "is",
        "isnull",
        "join",
        "limit",
        "not",
        "notnull",
        "null",
        "on",
        "or",
        "order",
        "primary",
        "references",
        "select",
        "set",
        "table",
        "then",
        "to",
        "union",
        "unique",
        "update",
        "using",
        "values",
        "when",
        "where",
    ];
    WORDS.iter().any(|reserved| word.eq_ignore_ascii_case(reserved))
}

/// The tokens of a text.
pub(super) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let bytes = sql.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
    let mut out = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        let kind = match bytes[i] {
            c if c.is_ascii_whitespace() => {
                i += 1;
                continue;
            }
            b'-' if at(i + 1) == b'-' => {
                while i < bytes.len() && bytes[i] != b'\n' {
                    i += 1;
                }
                continue;
            }
            b'/' if at(i + 1) == b'*' => {
                i = sql[i + 2..].find("*/").map_or(bytes.len(), |close| i + 2 + close + 2);
                continue;
            }
            quote @ (b'\'' | b'"' | b'`') => {
                i = closed(bytes, i, quote);
                if quote == b'\'' { Kind::Text } else { Kind::Quoted }
            }
            b'[' => {
                i = sql[i..].find(']').map_or(bytes.len(), |close| i + close + 1);
                Kind::Quoted
            }
            b'x' | b'X' if at(i + 1) == b'\'' => {
                i = closed(bytes, i + 1, b'\'');
                Kind::Text
            }
            c if c.is_ascii_digit() || (c == b'.' && at(i + 1).is_ascii_digit()) => {
                i += 1;
                while word(at(i))
                    || at(i) == b'.'
                    || (matches!(at(i), b'+' | b'-') && matches!(at(i - 1), b'e' | b'E') && at(i - 2) != b'x')
                {
                    i += 1;
                }
                Kind::Number
            }
            c if word(c) => {
                while word(at(i)) {
                    i += 1;
                }
                Kind::Word
            }
            _ => {
                i += 1;
                Kind::Symbol
            }
        };
        out.push(Token { kind, text: &sql[start..i], start });
    }
    out
}

/// Letters, digits, `_`, `$` and everything that is not ASCII.
fn word(c: u8) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, b'_' | b'$') || c >= 0x80
}

/// The offset behind the quote that closes the one at `open`.
fn closed(bytes: &[u8], open: usize, quote: u8) -> usize {
    let mut i = open + 1;
    while i < bytes.len() {
        if bytes[i] == quote {
            if bytes.get(i + 1) != Some(&quote) {
                return i + 1;
            }
            i += 1;
        }
        i += 1;
    }
    bytes.len()
}

/// The index of the token that closes the parenthesis at `open`.
pub(super) fn close(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        if token.symbol("(") {
            depth += 1;
        } else if token.symbol(")") {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

/// The pieces between the commas that stand outside parentheses.
pub(super) fn by_commas<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut depth = 0_i32;
    tokens
        .split(|token| {
            depth += i32::from(token.symbol("(")) - i32::from(token.symbol(")"));
            depth == 0 && token.symbol(",")
        })
        .collect()
}

/// The text from the first to the last of these tokens.
pub(super) fn span<'a>(source: &'a str, tokens: &[Token<'_>]) -> &'a str {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => &source[first.start..last.end()],
        _ => "",
    }
}

/// Whether a text has an identifier of this name anywhere.
pub(super) fn mentions(sql: &str, name: &str) -> bool {
    tokens(sql).iter().any(|token| token.names(name))
}

/// A text with some of its tokens replaced; `choose` sees the tokens and an index.
pub(super) fn replace(sql: &str, with: &str, choose: impl Fn(&[Token<'_>], usize) -> bool) -> String {
    let tokens = tokens(sql);
    let mut out = String::with_capacity(sql.len() + with.len());
    let mut done = 0;
    for (index, token) in tokens.iter().enumerate() {
        if choose(&tokens, index) {
            out.push_str(&sql[done..token.start]);
            out.push_str(with);
            done = token.end();
        }
    }
    out.push_str(&sql[done..]);
    out
}

/// Whether the token at `index`, inside an expression, is the column of this name: not a function, a collation or the
/// type of a cast.
pub(super) fn is_column(tokens: &[Token<'_>], index: usize, name: &str) -> bool {
    tokens[index].names(name)
        && !tokens.get(index + 1).is_some_and(|next| tokens[index].kind == Kind::Word && next.symbol("("))
        && !index
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| before.is("collate") || before.is("as"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_keep_quotes_comments_and_numbers_apart() {
        let cases: &[(&str, &[&str])] = &[
            ("a -- b ' c\n, \"d\"\"e\"", &["a", ",", "\"d\"\"e\""]),
            ("[x y](`z`)", &["[x y]", "(", "`z`", ")"]),
            ("x'00' 1.5e-3 .5 0x1F -1", &["x'00'", "1.5e-3", ".5", "0x1F", "-", "1"]),
            ("'it''s' /* , ( */ grün", &["'it''s'", "grün"]),
            ("'open", &["'open"]),
        ];
        for (sql, expected) in cases {
            let found: Vec<&str> = tokens(sql).iter().map(|token| token.text).collect();
            assert_eq!(&found, expected, "{sql}");
        }
    }

    #[test]
    fn names_are_unquoted() {
        let names: Vec<String> = tokens("a \"b\"\"c\" [d] `e``f`").iter().map(Token::name).collect();
        assert_eq!(names, ["a", "b\"c", "d", "e`f"]);
    }

    #[test]
    fn a_keyword_is_no_column() {
        let sql = replace("x IN (1) AND \"in\" > in_(1)", "\"y\"", |t, i| is_column(t, i, "in"));
        assert_eq!(sql, "x IN (1) AND \"y\" > in_(1)");
    }
}
