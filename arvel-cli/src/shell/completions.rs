//! `completions`: what a shell reads to complete the commands and options of the program.

use clap::{Command, Parser};
use clap_complete::Shell;

use super::Describes;
use crate::{error::CommandError, output::Console};

/// Write the completions of a shell to stdout
#[derive(Parser, Debug)]
#[command(
    name = "completions",
    after_help = "Example: completions bash > ~/.local/share/bash-completion/completions/app\n         \
                  completions zsh > ~/.zfunc/_app\n         \
                  completions fish > ~/.config/fish/completions/app.fish\n\n\
                  Commands and options are completed; revisions and labels are not."
)]
pub struct Completions {
    /// `bash`, `zsh`, `fish`, `elvish` or `powershell`
    #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
    /// The name that is typed, where it is not the application's
    #[arg(long, value_name = "NAME", value_parser = program)]
    bin: Option<String>,
}

/// The name of a program as a shell takes it in one word; the script is made of it.
fn program(name: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    match name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(plain) {
        true => Ok(name.to_owned()),
        false => Err("a program's name is letters, digits, `_`, `-` and `.`, such as `shop`".to_owned()),
    }
}

impl Describes for Completions {
    const NAME: &'static str = "completions";

    fn run(&self, mut tree: Command, console: &Console) -> Result<(), CommandError> {
        let name = self.bin.clone().unwrap_or_else(|| tree.get_name().to_owned());
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut tree, name, &mut script);
        console.result(String::from_utf8_lossy(&script).trim_end());
        Ok(())
    }
}
