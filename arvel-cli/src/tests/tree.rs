//! The command tree itself.

use arvel_core::App;

use crate::DatabaseCommands;

#[test]
fn the_tree_is_sound_and_every_help_has_an_example() {
    fn check(command: &clap::Command, path: &str) {
        let path = format!("{path} {}", command.get_name());
        let help = command.clone().render_long_help().to_string();
        assert!(help.contains("Example"), "{path}: {help}");
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            check(below, &path);
        }
    }
    // Beside the engine's own plugin, which has the same keys and defaults.
    let app = App::new("app").plugin(arvel_migrate::Migrations::default()).plugin(DatabaseCommands);
    let command = app.clap_command();
    command.clone().debug_assert();
    check(&command, "");
}
