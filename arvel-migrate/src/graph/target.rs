//! The language in which a command line names revisions, parsed once.
//!
//! `[branch@][name][+N|-N]`: `heads`, `create_posts`, `blog@head`, `+2`, `blog@-1`, `2026_11_20-1`. Parsing knows no
//! graph; it refuses whatever the language does not have, to the last character.

use std::fmt;

use super::TargetError;

/// What a target names before any offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// `head`: the only head.
    Head,
    /// `heads`: every head.
    Heads,
    /// `base`: before everything.
    Base,
    /// `current`: where the database is.
    Current,
    /// A revision, a label, a slug, or the beginning of one.
    Name(String),
}

/// A parsed target. [`Target::revisions`], [`Target::for_upgrade`], [`Target::for_downgrade`] and
/// [`Target::for_stamp`] resolve it.
///
/// ```
/// use arvel_migrate::graph::{Symbol, Target};
///
/// let target = Target::parse("blog@head-1")?;
/// assert_eq!(target.branch(), Some("blog"));
/// assert_eq!(target.symbol(), Some(&Symbol::Head));
/// assert_eq!(target.offset(), Some(-1));
/// assert!(Target::parse("+1abc").is_err());
/// # Ok::<(), arvel_migrate::graph::TargetError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    text: String,
    branch: Option<String>,
    symbol: Option<Symbol>,
    offset: Option<i64>,
}

impl Target {
    /// Parses a target.
    ///
    /// # Errors
    /// [`TargetError`] with what was written, when it is not in the language.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let target = || text.to_owned();
        if text.is_empty() {
            return Err(TargetError::Empty);
        }
        if text.contains(':') {
            return Err(TargetError::UnexpectedRange { target: target() });
        }
        let (branch, rest) = match text.split_once('@') {
            Some((branch, rest)) => (Some(branch), rest),
            None => (None, text),
        };
        let sign = rest.find(['+', '-']).unwrap_or(rest.len());
        let (name, offset) = rest.split_at(sign);
        for part in branch.iter().chain([&name]) {
            if let Some(character) =
                part.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')))
            {
                return Err(TargetError::Character { target: target(), character });
            }
        }
        if let Some(branch) = branch {
            if branch.is_empty() || rest.is_empty() {
                return Err(TargetError::Incomplete { target: target() });
            }
            if matches!(branch, "head" | "heads" | "base" | "current") {
                return Err(TargetError::BranchIsSymbol { target: target(), symbol: branch.to_owned() });
            }
        }
        let symbol = match name {
            "" => None,
            "head" => Some(Symbol::Head),
            "heads" => Some(Symbol::Heads),
            "base" => Some(Symbol::Base),
            "current" => Some(Symbol::Current),
            "all" => return Err(TargetError::All),
            name => Some(Symbol::Name(name.to_owned())),
        };
        let offset = if offset.is_empty() { None } else { Some(parse_offset(text, offset)?) };
        if offset.is_some() && symbol == Some(Symbol::Heads) {
            return Err(TargetError::OffsetFromHeads { target: target() });
        }
        Ok(Self { text: target(), branch: branch.map(str::to_owned), symbol, offset })
    }

    /// What was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before `@`.
    #[must_use]
    pub fn branch(&self) -> Option<&str> {
        self.branch.as_deref()
    }

    /// What is named; `None` for `+N`, `-N` and these behind `@`.
    #[must_use]
    pub fn symbol(&self) -> Option<&Symbol> {
        self.symbol.as_ref()
    }

    /// How many revisions up (positive) or down (negative); never 0.
    #[must_use]
    pub fn offset(&self) -> Option<i64> {
        self.offset
    }

    /// Whether it means something only beside what is applied: `current`, and what counts from where the database is.
    #[must_use]
    pub fn needs_history(&self) -> bool {
        matches!(self.symbol, None | Some(Symbol::Current))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// `+N` or `-N`, and nothing behind it.
fn parse_offset(target: &str, offset: &str) -> Result<i64, TargetError> {
    let digits = offset[1..].bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = offset.split_at(digits + 1);
    if digits == 0 || !rest.is_empty() {
        let rest = if digits == 0 { offset } else { rest };
        return Err(TargetError::Trailing { target: target.to_owned(), rest: rest.to_owned() });
    }
    match number.parse() {
        Ok(0) => Err(TargetError::Zero { target: target.to_owned() }),
        Ok(number) => Ok(number),
        // Only a number beyond 64 bits gets here; no graph has as many revisions.
        Err(_) => Err(TargetError::TooFar { target: target.to_owned(), available: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (Option<String>, Option<Symbol>, Option<i64>) {
        let target = Target::parse(text).unwrap();
        assert_eq!(target.text(), text);
        (target.branch, target.symbol, target.offset)
    }

    #[test]
    fn the_whole_language() {
        let name = |text: &str| Some(Symbol::Name(text.to_owned()));
        let branch = |text: &str| Some(text.to_owned());
        let cases = [
            ("head", (None, Some(Symbol::Head), None)),
            ("heads", (None, Some(Symbol::Heads), None)),
            ("base", (None, Some(Symbol::Base), None)),
            ("current", (None, Some(Symbol::Current), None)),
            ("2026_11_20_143000_create", (None, name("2026_11_20_143000_create"), None)),
            ("v1.2", (None, name("v1.2"), None)),
            ("blog@head", (branch("blog"), Some(Symbol::Head), None)),
            ("blog@heads", (branch("blog"), Some(Symbol::Heads), None)),
            ("blog@base", (branch("blog"), Some(Symbol::Base), None)),
            ("blog@2026", (branch("blog"), name("2026"), None)),
            ("+3", (None, None, Some(3))),
            ("-2", (None, None, Some(-2))),
            ("ae10+1", (None, name("ae10"), Some(1))),
            ("ae10-12", (None, name("ae10"), Some(-12))),
            ("head-1", (None, Some(Symbol::Head), Some(-1))),
            ("base+2", (None, Some(Symbol::Base), Some(2))),
            ("blog@+1", (branch("blog"), None, Some(1))),
            ("blog@-4", (branch("blog"), None, Some(-4))),
            ("blog@head-1", (branch("blog"), Some(Symbol::Head), Some(-1))),
        ];
        for (text, expected) in cases {
            assert_eq!(parsed(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_in_the_language() {
        let cases = [
            ("", "target.empty"),
            ("+1abc", "target.trailing"),
            ("-", "target.trailing"),
            ("+", "target.trailing"),
            ("a-1-2", "target.trailing"),
            ("a-b", "target.trailing"),
            ("+0", "target.zero"),
            ("+99999999999999999999", "target.too_far"),
            ("blog@", "target.incomplete"),
            ("@head", "target.incomplete"),
            ("a@b@c", "target.character"),
            ("a b", "target.character"),
            ("é", "target.character"),
            ("a:b", "target.unexpected_range"),
            ("all", "target.all"),
            ("heads-1", "target.offset_from_heads"),
            ("head@blog", "target.branch_is_symbol"),
        ];
        for (text, code) in cases {
            let error = Target::parse(text).unwrap_err();
            assert_eq!(error.code(), code, "{text}: {error}");
            assert!(!error.hint().is_empty());
        }
    }
}
