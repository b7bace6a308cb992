//! TARGET on a command line: values that begin with `-`, without swallowing a misspelt option.

use arvel_migrate::graph::Target;

use crate::error::CommandError;

/// Takes `-1` and `blog@-1`, refuses `--dry-rum`.
pub fn text(value: &str) -> Result<String, String> {
    if value.starts_with("--") {
        return Err(format!("`{value}` is no option of this command, and no target begins with `--`"));
    }
    Ok(value.to_owned())
}

/// Reads a target; a bad one is the target's error, exit code 4.
pub fn parse(text: &str) -> Result<Target, CommandError> {
    Ok(Target::parse(text)?)
}
