//! What a person wrote, in a message: never longer than a line, and nothing in it that a terminal would obey.

/// How many characters of it are shown.
const MOST: usize = 80;

/// The text with everything escaped that is not to be seen, cut where nobody reads on.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(MOST));
    let mut rest = text.chars();
    for c in rest.by_ref().take(MOST) {
        match c {
            c if c.is_control() || is_invisible(c) => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    if rest.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Marks that turn the direction of writing, join, or take no place.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn what_a_terminal_would_obey_is_escaped() {
        assert_eq!(shown("create_posts"), "create_posts");
        assert_eq!(shown("日本語 é"), "日本語 é");
        assert_eq!(shown("a\nb\u{1b}[31m\0"), r"a\nb\u{1b}[31m\u{0}");
        assert_eq!(shown("\u{202e}sdaeh"), r"\u{202e}sdaeh");
    }

    #[test]
    fn what_nobody_reads_is_cut() {
        assert_eq!(shown(&"x".repeat(80)), "x".repeat(80));
        assert_eq!(shown(&"é".repeat(81)), format!("{}…", "é".repeat(80)));
    }
}
