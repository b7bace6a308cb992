//! The global `arvel`: see [`arvel_cli::launcher`].

fn main() -> std::process::ExitCode {
    arvel_cli::launcher::run(std::env::args_os())
}
