//! SQL that can not be split: where, what is open, what may have caused it, and how to mend it.

use super::super::caret;

/// SQL that can not be split.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}line {line}{}, column {column}: {problem}", .file.as_ref().map(|file| format!("`{file}`, ")).unwrap_or_default(), if *.lines_of_file { "" } else { " of the SQL" })]
#[non_exhaustive]
pub struct SplitError {
    /// The file, when it is not the migration's own.
    pub file: Option<String>,
    /// The line, from 1: for what is never closed, the line where it opens.
    pub line: usize,
    /// Whether lines are counted from the top of a file; else from the beginning of the text.
    pub lines_of_file: bool,
    /// The column in characters, from 1.
    pub column: usize,
    /// That line.
    pub shown: String,
    /// What is wrong: `the quote ' that opens here is never closed`.
    pub problem: String,
    /// Other places that belong to it, in the order of the text.
    pub notes: Vec<SplitNote>,
    /// How to mend it.
    pub hint: String,
}

/// A place that belongs to an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitNote {
    /// The line, from 1.
    pub line: usize,
    /// What is there.
    pub text: String,
}

impl SplitError {
    pub(super) fn new(
        text: &str,
        offset: usize,
        problem: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let place = caret(text, offset);
        Self {
            file: None,
            line: place.line,
            lines_of_file: false,
            column: place.column,
            shown: place.text,
            problem: problem.into(),
            notes: Vec::new(),
            hint: hint.into(),
        }
    }

    /// With one more place.
    pub(super) fn note(mut self, text: &str, offset: usize, note: impl Into<String>) -> Self {
        self.notes.push(SplitNote { line: caret(text, offset).line, text: note.into() });
        self.notes.sort_by_key(|note| note.line);
        self
    }

    /// The same of a text that begins at a line of a file, from 1.
    pub(crate) fn in_file(mut self, first_line: usize, file: Option<String>) -> Self {
        self.file = file;
        let above = first_line.saturating_sub(1);
        self.line += above;
        for note in &mut self.notes {
            note.line += above;
        }
        self.lines_of_file = true;
        self
    }
}
