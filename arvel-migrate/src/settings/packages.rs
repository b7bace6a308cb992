//! `[plugins]`: which packages run their migrations in place, and which are published.
//!
//! A package's name is its crate's. A variable can not say `-`, so `_` means the same there and everywhere: what two
//! spellings say of one package is decided by their sources, and refused where these are of one rank.

use arvel_core::{Config, ConfigError, Source};

use crate::publish::link;

/// In the program, as the package's bundle has it.
const IN_PLACE: &str = "in-place";
/// Copied by `db publish`: the default.
const PUBLISH: &str = "publish";

/// The packages whose migrations run in place, sorted; `linked` are those that the program links.
///
/// # Errors
/// [`ConfigError`] for a package that is not linked, for a word that is neither `in-place` nor `publish`, and where two
/// spellings of one name contradict each other.
pub fn in_place(config: &Config, linked: &[String]) -> Result<Vec<String>, ConfigError> {
    let mut said: Vec<Said> = Vec::new();
    for name in config.keys_under("plugins") {
        let key = format!("plugins.{name}.migrations");
        let Some(word) = config.get_opt::<String>(&key)? else { continue };
        let in_place = match word.as_str() {
            IN_PLACE => true,
            PUBLISH => false,
            _ => {
                let problem = format!("expected `{IN_PLACE}` or `{PUBLISH}`");
                let hint = format!(
                    "`{IN_PLACE}` runs the package's migrations as they are; `{PUBLISH}`, the default, leaves them to \
                     `db publish --package {name}`"
                );
                return Err(config.refuse(&key, problem, hint));
            }
        };
        let Some(package) = linked.iter().find(|package| is_one(package, &name)) else {
            let registered = if linked.is_empty() { "none".to_owned() } else { linked.join(", ") };
            let problem = format!("no linked package is called `{name}`; registered: {registered}");
            return Err(config.refuse(&key, problem, link(&name, linked)));
        };
        let (rank, package) = (rank(&config.origin(&key)), package.clone());
        match said.iter_mut().find(|other| other.package == package) {
            None => said.push(Said { key, package, in_place, rank }),
            Some(other) if other.rank == rank && other.in_place != in_place => {
                let problem = format!("`{}` says otherwise of the same package", other.key);
                return Err(config.refuse(&key, problem, format!("keep one of them, spelt `{package}`")));
            }
            Some(other) if other.rank < rank => *other = Said { key, package, in_place, rank },
            Some(_) => {}
        }
    }
    let mut packages: Vec<String> =
        said.into_iter().filter(|said| said.in_place).map(|said| said.package).collect();
    packages.sort();
    Ok(packages)
}

/// What one key says.
struct Said {
    key: String,
    package: String,
    in_place: bool,
    rank: u8,
}

fn is_one(package: &str, name: &str) -> bool {
    package.replace('_', "-") == name.replace('_', "-")
}

/// The layers of the configuration, lowest first.
fn rank(source: &Source) -> u8 {
    match source {
        Source::Default => 0,
        Source::File { .. } => 1,
        Source::DotEnv(_) => 2,
        Source::Variable(_) => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Said<'a> = &'a [(&'a str, &'a str)];

    fn read(said: Said<'_>) -> Result<Vec<String>, String> {
        let config = Config::of(said.iter().map(|(key, word)| ((*key).to_owned(), (*word).into())));
        let linked = ["arvel-auth".to_owned(), "my_pkg".to_owned()];
        in_place(&config, &linked).map_err(|error| {
            assert_eq!(error.exit(), arvel_core::Exit::CONFIGURATION);
            format!("{error}; {}", error.hint())
        })
    }

    #[test]
    fn which_packages_run_in_place() {
        let cases: [(Said<'_>, &[&str]); 5] = [
            (&[], &[]),
            (&[("plugins.arvel-auth.migrations", "publish")], &[]),
            (&[("plugins.arvel-auth.migrations", "in-place")], &["arvel-auth"]),
            // As `ARVEL_PLUGINS__ARVEL_AUTH__MIGRATIONS` says it.
            (
                &[("plugins.arvel_auth.migrations", "in-place"), ("plugins.my-pkg.migrations", "in-place")],
                &["arvel-auth", "my_pkg"],
            ),
            // Another plugin's key.
            (&[("plugins.mail.sender", "a@b")], &[]),
        ];
        for (said, expected) in cases {
            assert_eq!(read(said).unwrap(), expected, "{said:?}");
        }
    }

    #[test]
    fn what_is_refused_and_how_it_goes_on() {
        let cases: [(Said<'_>, &str); 4] = [
            (
                &[("plugins.arvel-auth.migrations", "inplace")],
                "`plugins.arvel-auth.migrations` (code): expected `in-place` or `publish`; `in-place` runs the package's \
                 migrations as they are; `publish`, the default, leaves them to `db publish --package arvel-auth`",
            ),
            (
                &[("plugins.arvel-ath.migrations", "in-place")],
                "`plugins.arvel-ath.migrations` (code): no linked package is called `arvel-ath`; registered: arvel-auth, \
                 my_pkg; did you mean `arvel-auth`? a package that is only a line in Cargo.toml is never linked and registers \
                 nothing; name it once: `use arvel_ath as _;`",
            ),
            (
                &[("plugins.billing.migrations", "publish")],
                "`plugins.billing.migrations` (code): no linked package is called `billing`; registered: arvel-auth, my_pkg; a \
                 package that is only a line in Cargo.toml is never linked and registers nothing; name it once: `use billing \
                 as _;`",
            ),
            (
                &[
                    ("plugins.arvel-auth.migrations", "in-place"),
                    ("plugins.arvel_auth.migrations", "publish"),
                ],
                "`plugins.arvel_auth.migrations` (code): `plugins.arvel-auth.migrations` says otherwise of the same package; \
                 keep one of them, spelt `arvel-auth`",
            ),
        ];
        for (said, expected) in cases {
            assert_eq!(read(said).unwrap_err(), expected, "{said:?}");
        }
    }
}
