//! Planning again: a folder that somebody else wrote into between the plan and the write is read and planned for anew.
//!
//! A few times only: two programs that write for ever are told to a person.

use crate::{error::CommandError, output::Console};

/// The code of an error that a new plan may mend.
pub const CHANGED: &str = "project.changed";

/// How often a command plans again.
#[derive(Debug)]
pub struct Tries {
    left: u8,
}

impl Tries {
    /// None used yet.
    pub fn new() -> Self {
        Self { left: 5 }
    }

    /// Whether to plan again after an error; it says so.
    pub fn again(&mut self, console: &Console, error: &CommandError) -> bool {
        if error.code != CHANGED || self.left == 0 {
            return false;
        }
        self.left -= 1;
        console.progress(format_args!("{}: planning again", error.message));
        true
    }
}

/// Does something as often as it takes.
pub fn planned<T>(
    console: &Console,
    mut does: impl FnMut() -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let mut tries = Tries::new();
    loop {
        match does() {
            Err(error) if tries.again(console, &error) => {}
            done => return done,
        }
    }
}
