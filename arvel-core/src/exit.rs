//! The exit codes of every Arvel program, in one place.
//!
//! They are an interface: scripts and deployment files branch on them, so a meaning never changes and a
//! number is never used twice. This module names them and refuses to decide which one applies.

use std::fmt;

/// What a process tells its caller when it ends.
///
/// ```
/// use arvel_core::Exit;
///
/// assert_eq!(Exit::CONFIGURATION.0, 3);
/// assert_eq!(Exit::CONFIGURATION.meaning(), "configuration");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "an exit code that nobody returns is an outcome that nobody hears of"]
pub struct Exit(pub u8);

impl Exit {
    /// 0: done, or nothing to do.
    pub const DONE: Exit = Exit(0);
    /// 1: the operation failed.
    pub const FAILED: Exit = Exit(1);
    /// 2: the command line was not understood.
    pub const USAGE: Exit = Exit(2);
    /// 3: the configuration is missing, unknown or wrong.
    pub const CONFIGURATION: Exit = Exit(3);
    /// 4: the graph or the target: unknown, ambiguous, several heads, a cycle, too many steps.
    pub const GRAPH: Exit = Exit(4);
    /// 5: the history conflicts: a revision is missing, changed or failed.
    pub const HISTORY: Exit = Exit(5);
    /// 6: another process holds the lock.
    pub const LOCK_BUSY: Exit = Exit(6);
    /// 7: refused by a guard, a lint or a publish conflict.
    pub const REFUSED: Exit = Exit(7);
    /// 8: differences found, by a command that looks for them.
    pub const DIFFERENCES: Exit = Exit(8);
    /// 9: an outcome is unknown and needs a person.
    pub const NEEDS_PERSON: Exit = Exit(9);
    /// 10: some of several targets failed.
    pub const SOME_FAILED: Exit = Exit(10);
    /// 130: interrupted, and stopped cleanly.
    pub const INTERRUPTED: Exit = Exit(130);

    /// Every documented code, in ascending order.
    pub const ALL: [Exit; 12] = [
        Exit::DONE,
        Exit::FAILED,
        Exit::USAGE,
        Exit::CONFIGURATION,
        Exit::GRAPH,
        Exit::HISTORY,
        Exit::LOCK_BUSY,
        Exit::REFUSED,
        Exit::DIFFERENCES,
        Exit::NEEDS_PERSON,
        Exit::SOME_FAILED,
        Exit::INTERRUPTED,
    ];

    /// The documented meaning, as a lowercase fragment.
    pub fn meaning(self) -> &'static str {
        match self {
            Exit::DONE => "done, or nothing to do",
            Exit::FAILED => "the operation failed",
            Exit::USAGE => "usage",
            Exit::CONFIGURATION => "configuration",
            Exit::GRAPH => "graph or target",
            Exit::HISTORY => "history conflict",
            Exit::LOCK_BUSY => "lock busy",
            Exit::REFUSED => "refused",
            Exit::DIFFERENCES => "differences found",
            Exit::NEEDS_PERSON => "needs a person",
            Exit::SOME_FAILED => "some targets failed",
            Exit::INTERRUPTED => "interrupted cleanly",
            _ => "not a documented code",
        }
    }

    /// How a command about several targets ends, by how each of them ended. An error carries its code; so does a
    /// success that found something (`DIFFERENCES`).
    ///
    /// - interrupted in one of them: [`Exit::INTERRUPTED`];
    /// - an error in some and none in others: [`Exit::SOME_FAILED`];
    /// - an error in each: their common code, or [`Exit::FAILED`] when the codes differ;
    /// - no error: the first code that is not [`Exit::DONE`], else that.
    ///
    /// ```
    /// use arvel_core::Exit;
    ///
    /// let (done, missing) = (Ok(Exit::DONE), Err(Exit::HISTORY));
    /// assert_eq!(Exit::of_several(&[done, missing]), Exit::SOME_FAILED);
    /// assert_eq!(Exit::of_several(&[missing, missing]), Exit::HISTORY);
    /// assert_eq!(Exit::of_several(&[done, Ok(Exit::DIFFERENCES)]), Exit::DIFFERENCES);
    /// ```
    pub fn of_several(each: &[Result<Exit, Exit>]) -> Exit {
        let errors: Vec<Exit> = each.iter().filter_map(|exit| exit.err()).collect();
        match errors.first() {
            _ if errors.contains(&Exit::INTERRUPTED) => Exit::INTERRUPTED,
            None => {
                each.iter().filter_map(|exit| exit.ok()).find(|exit| !exit.is_done()).unwrap_or(Exit::DONE)
            }
            Some(_) if errors.len() < each.len() => Exit::SOME_FAILED,
            Some(first) if errors.iter().all(|exit| exit == first) => *first,
            Some(_) => Exit::FAILED,
        }
    }

    /// Whether this is [`Exit::DONE`].
    pub fn is_done(self) -> bool {
        self == Exit::DONE
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.0, self.meaning())
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_number_and_meaning() {
        let numbers: Vec<u8> = Exit::ALL.iter().map(|exit| exit.0).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130]);
        let meanings: std::collections::BTreeSet<_> = Exit::ALL.iter().map(|exit| exit.meaning()).collect();
        assert_eq!(meanings.len(), Exit::ALL.len());
    }

    #[test]
    fn several_targets_end_in_one_code() {
        let done = Ok(Exit::DONE);
        let table = [
            (vec![], Exit::DONE),
            (vec![done, done], Exit::DONE),
            (vec![done, Ok(Exit(42)), done], Exit(42)),
            (vec![done, Err(Exit::GRAPH)], Exit::SOME_FAILED),
            (vec![Ok(Exit::DIFFERENCES), Err(Exit::GRAPH)], Exit::SOME_FAILED),
            (vec![Err(Exit::GRAPH), Err(Exit::GRAPH)], Exit::GRAPH),
            (vec![Err(Exit::GRAPH), Err(Exit::HISTORY)], Exit::FAILED),
            (vec![done, Err(Exit::INTERRUPTED)], Exit::INTERRUPTED),
            (vec![Err(Exit::GRAPH), Err(Exit::INTERRUPTED)], Exit::INTERRUPTED),
        ];
        for (each, expected) in table {
            assert_eq!(Exit::of_several(&each), expected, "{each:?}");
        }
    }
}
