//! Just enough of Rust's lexical grammar to tell code, comments and literals apart.

/// One source text in two readings of the same length: byte `n` of one is byte `n` of the other, newlines included.
pub(super) struct Readings {
    /// Comments and literals blanked.
    pub code: String,
    /// The string literals: where each begins, and what it says between its quotes.
    pub strings: Vec<(usize, String)>,
}

/// Reads a source text.
pub(super) fn read(text: &str) -> Readings {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut strings = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let end = if rest.starts_with("//") {
            at + rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            at + block_comment(rest)
        } else if let Some((open, close)) = string_opening(text, at) {
            let (inner, length) = string_body(&text[at + open..], &close);
            strings.push((at, inner.to_owned()));
            at + open + length
        } else if let Some(length) = char_literal(rest) {
            at + length
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        for byte in &mut code[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end;
    }
    Readings { code: String::from_utf8(code).expect("only whole tokens are blanked"), strings }
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of what opens a string here, and what closes it: `"`, `"#`, …
fn string_opening(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = &text[at..];
    if rest.starts_with('"') {
        return Some((1, "\"".to_owned()));
    }
    let in_word = text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
    if in_word {
        return None;
    }
    let prefix = ["br", "cr", "b", "c", "r"].into_iter().find(|prefix| rest.starts_with(prefix))?;
    let after = &rest[prefix.len()..];
    let hashes = after.len() - after.trim_start_matches('#').len();
    let raw = prefix.ends_with('r');
    if !after[hashes..].starts_with('"') || (hashes > 0 && !raw) {
        return None;
    }
    let close = if raw { format!("\"{}r", "#".repeat(hashes)) } else { "\"".to_owned() };
    Some((prefix.len() + hashes + 1, close))
}

/// What a string says, and its length with the closing quote. A closing that ends in `r` stands for a raw string.
fn string_body<'t>(text: &'t str, close: &str) -> (&'t str, usize) {
    if let Some(close) = close.strip_suffix('r') {
        let end = text.find(close).unwrap_or(text.len());
        return (&text[..end], (end + close.len()).min(text.len()));
    }
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return (&text[..at], at + 1),
            _ => {}
        }
    }
    (text, text.len())
}

/// The length of a character literal; `None` for a lifetime.
fn char_literal(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('\'')?;
    let mut chars = inner.char_indices();
    match chars.next()?.1 {
        '\\' => inner[2..].find('\'').map(|at| at + 4),
        _ => match chars.next()? {
            (at, '\'') => Some(at + 2),
            _ => None,
        },
    }
}

/// The identifiers of a blanked text, each with its place.
pub(super) fn identifiers(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in code.char_indices().chain([(code.len(), ' ')]) {
        let in_word = c.is_alphanumeric() || c == '_';
        match (start, in_word) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.push((from, &code[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The words of an identifier or a text, lower case: `SqlitePool` is `sqlite` and `pool`, `SELECT_MYSQL` is `select`
/// and `mysql`. `MySql` is one word, as its owner spells it.
pub(super) fn words(text: &str) -> Vec<String> {
    let text =
        text.replace("MySql", "Mysql").replace("MariaDb", "Mariadb").replace("PostgreSql", "Postgresql");
    let mut words = vec![String::new()];
    let mut previous_lower = false;
    for c in text.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && previous_lower) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        previous_lower = c.is_lowercase() || c.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn comments_and_literals_are_told_apart() {
    let text = "a // x \"\n/* b /* c */ d */ \"e \\\" // f\" 'g' '\\'' '\"' r#\"h \" i\"# &'static j b\"k\" br\"l\\\" m";
    let read = read(text);
    assert_eq!(read.code.len(), text.len());
    assert_eq!(read.code.split_whitespace().collect::<Vec<_>>(), ["a", "&'static", "j", "m"]);
    let strings: Vec<&str> = read.strings.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(strings, ["e \\\" // f", "h \" i", "k", "l\\"]);
}

#[test]
fn words_of_identifiers() {
    let cases = [
        ("SqlitePool", &["sqlite", "pool"][..]),
        ("SELECT_MYSQL", &["select", "mysql"]),
        ("MySqlConnection", &["mysql", "connection"]),
        ("as_pg", &["as", "pg"]),
    ];
    for (text, expected) in cases {
        assert_eq!(words(text), expected, "{text}");
    }
}
