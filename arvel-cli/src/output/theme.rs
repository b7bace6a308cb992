//! The colours, by what they say. Whatever is painted reads the same without paint.

use anstyle::{AnsiColor, Style};

/// Done, applied.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// Failed, missing.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// Worth a look: pending, late, changed.
pub const WARN: Style = AnsiColor::Yellow.on_default();
/// Of less importance.
pub const DIM: Style = Style::new().dimmed();
/// Of more importance.
pub const BOLD: Style = Style::new().bold();

/// A text in a style.
pub fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}
