//! Points into a text: the line and the column of a position, for the card that a failure prints.

/// A place in a text, as people count it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caret {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The text of that line, without its end.
    pub text: String,
}

/// The place of a byte offset. An offset behind the end means the end; one inside a character means that character.
#[must_use]
pub fn caret(text: &str, offset: usize) -> Caret {
    let offset = text.floor_char_boundary(offset);
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let rest = &text[start..];
    let end = rest.find('\n').unwrap_or(rest.len());
    Caret {
        line: 1 + before.matches('\n').count(),
        column: 1 + text[start..offset].chars().count(),
        text: rest[..end].trim_end_matches('\r').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let text = "SELECT\n  'ä', x\r\n";
        for (offset, line, column, shown) in [
            (0, 1, 1, "SELECT"),
            (6, 1, 7, "SELECT"),
            (7, 2, 1, "  'ä', x"),
            (text.find('x').unwrap(), 2, 8, "  'ä', x"),
            (text.find('ä').unwrap() + 1, 2, 4, "  'ä', x"),
            (text.len(), 3, 1, ""),
            (1000, 3, 1, ""),
        ] {
            assert_eq!(caret(text, offset), Caret { line, column, text: shown.to_owned() }, "{offset}");
        }
        assert_eq!(caret("", 3), Caret { line: 1, column: 1, text: String::new() });
    }
}
