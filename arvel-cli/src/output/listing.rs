//! Rows in groups: what `db publish` and `db unpublish` show of packages. Aligned over all groups, and narrow enough for a
//! terminal of eighty columns; what is to be said of a row stands below it, in lines of its own.

use anstyle::Style;

use super::{Console, theme};

/// As wide as a line of words gets.
const WIDTH: usize = 80;

/// A row.
pub struct Row<const N: usize> {
    /// Its cells; the last one may be long.
    pub cells: [String; N],
    /// The style of the first cell; what needs nothing is dim as a whole.
    pub style: Style,
    /// What is to be said of it.
    pub note: Option<String>,
}

/// Rows that belong together.
pub struct Group<const N: usize> {
    /// Its name.
    pub title: String,
    /// What is to be said of all of them.
    pub about: String,
    /// The rows.
    pub rows: Vec<Row<N>>,
}

/// Shows groups, with an empty line between.
pub fn show<const N: usize>(console: &Console, groups: &[Group<N>]) {
    let mut widths = [0; N];
    for row in groups.iter().flat_map(|group| &group.rows) {
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        let title = theme::paint(theme::BOLD, &group.title);
        lines.push(match group.about.as_str() {
            "" => title,
            about => format!("{title}  {}", theme::paint(theme::DIM, about)),
        });
        for row in &group.rows {
            lines.push(line(row, &widths));
            for words in row.note.iter().flat_map(|note| wrapped(note, WIDTH - 4)) {
                lines.push(format!("    {}", theme::paint(theme::DIM, words)));
            }
        }
    }
    console.result(lines.join("\n"));
}

fn line<const N: usize>(row: &Row<N>, widths: &[usize; N]) -> String {
    let mut line = String::from(" ");
    for (at, (cell, width)) in row.cells.iter().zip(widths).enumerate().filter(|(_, (_, width))| **width > 0)
    {
        let style = if at == 0 || row.style == theme::DIM { row.style } else { Style::new() };
        line.push(' ');
        if !cell.is_empty() {
            line.push_str(&theme::paint(style, cell));
        }
        if row.cells[at + 1..].iter().any(|cell| !cell.is_empty()) {
            line.push_str(&" ".repeat(width - cell.chars().count() + 1));
        }
    }
    line
}

/// Words in lines; a word that is longer than a line stays whole.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_and_never_cut() {
        assert_eq!(wrapped("a bb ccc", 4), ["a bb", "ccc"]);
        assert_eq!(wrapped("an_endless_word it is", 6), ["an_endless_word", "it is"]);
        assert!(wrapped("", 10).is_empty());
    }
}
