//! Where the project is.
//!
//! Every relative path in configuration is relative to one folder, the root, so that a program means the same
//! file from wherever it is started. A missing `arvel.toml` is not an error here: a container has only
//! variables. This module refuses to look into the file, or to change the current folder.

use std::path::{Path, PathBuf};

/// The name of the configuration file that marks a root.
pub const FILE_NAME: &str = "arvel.toml";

/// The folder of a project and its configuration file, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The folder that relative paths are relative to. Absolute whenever the current folder was known.
    pub folder: PathBuf,
    /// The configuration file. Given with `--config` it is named here whether or not it exists.
    pub file: Option<PathBuf>,
}

impl Root {
    /// Finds the root, strongest rule first:
    ///
    /// 1. the folder of `config` (`--config FILE` or `ARVEL_CONFIG`; a folder stands for its `arvel.toml`);
    /// 2. the nearest `arvel.toml` upwards from `current`;
    /// 3. the nearest upwards from `manifest` (`CARGO_MANIFEST_DIR` at run time: `cargo run -p app` from a
    ///    workspace root, where nothing lies upwards of the current folder);
    /// 4. `current` itself, without a file.
    pub fn find(config: Option<&Path>, current: &Path, manifest: Option<&Path>) -> Root {
        if let Some(config) = config {
            let given = current.join(config);
            let file = if given.is_dir() { given.join(FILE_NAME) } else { given };
            let folder = file.parent().unwrap_or(current).to_path_buf();
            return Root { folder, file: Some(file) };
        }
        upwards(current)
            .or_else(|| manifest.and_then(upwards))
            .map(|folder| Root { file: Some(folder.join(FILE_NAME)), folder })
            .unwrap_or_else(|| Root { folder: current.to_path_buf(), file: None })
    }
}

fn upwards(from: &Path) -> Option<PathBuf> {
    // A folder, or a link that leads nowhere, of this name is a mistake to tell, not a file that is not there.
    from.ancestors().find(|folder| folder.join(FILE_NAME).symlink_metadata().is_ok()).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_in_their_order() {
        // workspace/            no arvel.toml
        //   app/arvel.toml
        //   app/src/deep/
        //   other/config.toml
        let workspace = tempfile::tempdir().unwrap();
        let at = |path: &str| workspace.path().join(path);
        std::fs::create_dir_all(at("app/src/deep")).unwrap();
        std::fs::create_dir_all(at("other")).unwrap();
        std::fs::write(at("app/arvel.toml"), "").unwrap();
        std::fs::write(at("other/config.toml"), "").unwrap();

        // --config, current folder, CARGO_MANIFEST_DIR -> root, file
        type Case =
            (Option<&'static str>, &'static str, Option<&'static str>, &'static str, Option<&'static str>);
        let table: [Case; 7] = [
            (
                Some("../other/config.toml"),
                "app",
                Some("app"),
                "app/../other",
                Some("app/../other/config.toml"),
            ),
            (Some("missing.toml"), "app", None, "app", Some("app/missing.toml")),
            (Some("../app"), "other", None, "other/../app", Some("other/../app/arvel.toml")),
            (None, "app/src/deep", None, "app", Some("app/arvel.toml")),
            (None, "", Some("app"), "app", Some("app/arvel.toml")),
            (None, "other", Some("app/src"), "app", Some("app/arvel.toml")),
            (None, "other", None, "other", None),
        ];
        for (config, current, manifest, folder, file) in table {
            let found = Root::find(config.map(Path::new), &at(current), manifest.map(at).as_deref());
            let expected = Root { folder: at(folder), file: file.map(at) };
            assert_eq!(found, expected, "{config:?} {current:?} {manifest:?}");
        }
    }
}
