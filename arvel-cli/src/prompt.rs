//! Questions to a person. The guards need no more than a typed line.

use std::io::{self, BufRead};

/// Reads the answer to a question that has been shown already.
pub trait Prompter: Send + Sync {
    /// One line without its end; `None` at the end of the input.
    ///
    /// # Errors
    /// What the system says.
    fn answer(&self) -> io::Result<Option<String>>;
}

/// Reads from the terminal. Ctrl-C ends the process as it ends any other.
#[derive(Clone, Copy, Debug)]
pub struct Stdin;

impl Prompter for Stdin {
    fn answer(&self) -> io::Result<Option<String>> {
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line)?;
        Ok((read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
    }
}
