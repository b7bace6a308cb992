//! Expressions nearer to how the server shows them: without parentheses around the whole, with names quoted only where
//! they must be, with words of the language in capitals and one space between words.
//!
//! It changes spelling alone, never meaning, and refuses to do more: where the server adds casts or turns `IN` into
//! `= ANY`, what is folded stays as it was written.

use super::name;

/// Words that the server shows in capitals.
const WORDS: [&str; 14] = [
    "and", "or", "not", "is", "null", "distinct", "from", "case", "when", "then", "else", "end", "collate",
    "cast",
];

/// The expression in the server's spelling, as far as that is a matter of spelling.
pub(super) fn expression(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = without_parentheses(text);
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '\'' => closing(rest),
            // Dollar quotes and escapes have rules of their own: nothing behind them is touched.
            '$' => return format!("{out}{rest}"),
            '"' => {
                let Some((name, after)) = name::read(rest) else { return format!("{out}{rest}") };
                out.push_str(&name::shown(&name));
                rest = after;
                continue;
            }
            c if c.is_whitespace() => {
                rest = rest.trim_start();
                out.push(' ');
                continue;
            }
            c if c.is_alphanumeric() || c == '_' => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                let lower = word.to_ascii_lowercase();
                let literal = after.starts_with('\'');
                match lower.as_str() {
                    known if WORDS.contains(&known) => out.push_str(&lower.to_ascii_uppercase()),
                    _ if literal => return format!("{out}{rest}"),
                    _ => out.push_str(word),
                }
                rest = after;
                continue;
            }
            '!' if rest.starts_with("!=") => {
                out.push_str("<>");
                rest = &rest[2..];
                continue;
            }
            c => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(end);
        out.push_str(piece);
        rest = after;
    }
    out
}

/// The text without the parentheses that enclose all of it.
fn without_parentheses(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(inside) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        if !is_balanced(inside) {
            break;
        }
        text = inside.trim();
    }
    text
}

/// Whether every parenthesis in the text is closed in it.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0usize;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '\'' => closing(rest),
            '"' => match name::read(rest) {
                Some((_, after)) => rest.len() - after.len(),
                None => return false,
            },
            c => c.len_utf8(),
        };
        match c {
            '(' => depth += 1,
            ')' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
        rest = &rest[end..];
    }
    depth == 0
}

/// The end of the literal with which the text begins; a doubled quote stays inside.
fn closing(text: &str) -> usize {
    match super::default::unquote(text) {
        Some((_, after)) => text.len() - after.len(),
        None => text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_and_nothing_else() {
        for (written, shown) in [
            ("(price > 0)", "price > 0"),
            ("((a)) ", "a"),
            ("(a) + (b)", "(a) + (b)"),
            ("\"price\"  >\n 0 and \"Odd \"\"one\" is not null", "price > 0 AND \"Odd \"\"one\" IS NOT NULL"),
            ("a != '(and  \"x\")'", "a <> '(and  \"x\")'"),
            ("(a <> ')')", "a <> ')'"),
            ("(a = $$ and $$)", "a = $$ and $$"),
            ("a = E'\\' and' and  b", "a = E'\\' and' and  b"),
            ("lower(a)", "lower(a)"),
            ("größe > 0", "größe > 0"),
        ] {
            assert_eq!(expression(written), shown, "{written}");
        }
    }
}
