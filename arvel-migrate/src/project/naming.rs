//! How new files are named: a template of tokens, and the time zone of their stamps.
//!
//! A template that the project's own parser could not sort, or not read back, is refused before any file has such a name.
//! Stamps are to the second: two files of one minute must not have one.

use jiff::{Timestamp, tz::TimeZone};

use super::{Stamp, file_stem};
use crate::migration::{const_is_valid_stem, slug_of, split_stamp};

/// The template of names unless another is configured.
pub const FILE_TEMPLATE: &str = "{stamp}_{slug}";
const TOKENS: [&str; 10] =
    ["year", "month", "day", "hour", "minute", "second", "stamp", "epoch", "slug", "rev"];
/// What a name is tried with.
const SLUG: &str = "create_posts_table";
const REVISION: &str = "ab12cd34ef56";

/// Names and moments of new files.
#[derive(Clone, Debug)]
pub struct Naming {
    parts: Vec<Part>,
    zone: TimeZone,
    is_utc: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Token(&'static str),
}

/// A template or a time zone that can not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NamingError {
    /// A token that is none.
    #[error("`{{{token}}}` is no token of a file's name")]
    Token {
        /// What stands between the braces.
        token: String,
    },
    /// A brace without its other half.
    #[error("`{template}` has a brace without its other half")]
    Brace {
        /// The template.
        template: String,
    },
    /// No slug.
    #[error("`{template}` has no `{{slug}}`, so two files of one name could not be told apart")]
    NoSlug {
        /// The template.
        template: String,
    },
    /// A name that is not a migration's.
    #[error("`{template}` makes names such as `{name}`, which {problem}")]
    Name {
        /// The template.
        template: String,
        /// What it made.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Names that do not sort by time.
    #[error(
        "`{template}` makes `{later}` a second or more after `{earlier}`, and it does not sort behind it"
    )]
    Order {
        /// The template.
        template: String,
        /// The name of an earlier moment.
        earlier: String,
        /// The name of a later one.
        later: String,
    },
    /// A new file that would sort before those that are there, which are named in another way.
    #[error("`{name}` would sort before `{newest}`, which is there and named in another way")]
    Behind {
        /// The new name.
        name: String,
        /// The last file of the folder.
        newest: String,
    },
    /// No time zone.
    #[error("`{zone}` is no time zone")]
    Zone {
        /// The name.
        zone: String,
    },
}

impl NamingError {
    /// The key of the configuration that is at fault.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            NamingError::Zone { .. } => "migrations.timezone",
            _ => "migrations.file_template",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            NamingError::Token { .. } => {
                let tokens: Vec<String> = TOKENS.iter().map(|token| format!("{{{token}}}")).collect();
                format!("there are {}", tokens.join(" "))
            }
            NamingError::Zone { .. } => "write `UTC`, or a name such as `Europe/Berlin`".to_owned(),
            NamingError::Behind { .. } => {
                "keep the names that the folder has, or begin another line in `[migrations.paths]`".to_owned()
            }
            _ => {
                format!("such as `{FILE_TEMPLATE}`, or `{{year}}/{FILE_TEMPLATE}` for a folder of each year")
            }
        }
    }
}

impl Default for Naming {
    fn default() -> Self {
        let parts = vec![Part::Token("stamp"), Part::Text("_".to_owned()), Part::Token("slug")];
        Self { parts, zone: TimeZone::UTC, is_utc: true }
    }
}

impl Naming {
    /// Reads a template and the name of a time zone; what is not given is as by default.
    ///
    /// # Errors
    /// [`NamingError`] for a template whose names can not be read back or sorted, and for an unknown zone.
    pub fn new(template: Option<&str>, zone: Option<&str>) -> Result<Self, NamingError> {
        let zone = match zone {
            None | Some("UTC") => TimeZone::UTC,
            Some(name) => TimeZone::get(name).map_err(|_| NamingError::Zone { zone: name.to_owned() })?,
        };
        let is_utc = zone == TimeZone::UTC;
        let template = template.unwrap_or(FILE_TEMPLATE);
        let naming = Self { parts: parse(template)?, zone, is_utc };
        naming.check(template)?;
        Ok(naming)
    }

    /// This moment, in the time zone.
    #[must_use]
    pub fn now(&self) -> Stamp {
        Stamp::of_moment(Timestamp::now(), &self.zone)
    }

    /// Whether a name holds a revision beside the stamp.
    #[must_use]
    pub fn has_revision(&self) -> bool {
        self.parts.contains(&Part::Token("rev"))
    }

    /// The name without its ending; with `/` where the template puts files into nested folders.
    #[must_use]
    pub fn name(&self, stamp: Stamp, slug: &str, revision: &str) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Token("slug") => slug.to_owned(),
            Part::Token("rev") => revision.to_owned(),
            Part::Token("stamp") => stamp.to_string(),
            Part::Token("epoch") => stamp.epoch(&self.zone).to_string(),
            Part::Token(token) => stamp.part(token),
        });
        parts.collect()
    }

    /// The number by which a file of this moment is sorted.
    #[must_use]
    pub fn number(&self, stamp: Stamp) -> u64 {
        let name = self.name(stamp, SLUG, REVISION);
        split_stamp(file_stem(&format!("{name}.rs"))).0.unwrap_or(u64::MAX)
    }

    /// A stamp that sorts behind files of the last day: where clocks are put back, or people sit in several zones, later
    /// files would else sort before earlier ones.
    pub(super) fn floor<'a>(&self, now: Stamp, stems: impl Iterator<Item = &'a str>) -> Option<Stamp> {
        if self.is_utc {
            return None;
        }
        let soon = now.later_by_a_day();
        stems.filter_map(Stamp::of_stem).filter(|stamp| *stamp >= now && *stamp < soon).max()
    }

    /// Refuses a name that would sort before files that are named in another way.
    ///
    /// # Errors
    /// [`NamingError::Behind`] with the last of these files.
    pub fn check_order(&self, stem: &str, existing: &[&str]) -> Result<(), NamingError> {
        let number = |stem: &str| split_stamp(stem).0.unwrap_or(0);
        let newest = existing.iter().max_by_key(|other| number(other));
        let digits = |stem: &str| number(stem).checked_ilog10();
        match newest {
            // A short number is a serial one, as other tools write them: any stamp is behind it.
            Some(newest) if number(newest) > number(stem) && digits(newest) != digits(stem) => {
                Err(NamingError::Behind { name: stem.to_owned(), newest: (*newest).to_owned() })
            }
            _ => Ok(()),
        }
    }

    fn check(&self, template: &str) -> Result<(), NamingError> {
        let template = || template.to_owned();
        if !self.parts.contains(&Part::Token("slug")) {
            return Err(NamingError::NoSlug { template: template() });
        }
        // Each a step that a careless order of the parts gets wrong.
        const MOMENTS: [&str; 9] = [
            "2026_01_02_030405_x",
            "2026_01_02_030406_x",
            "2026_01_02_030500_x",
            "2026_01_02_095959_x",
            "2026_01_02_100000_x",
            "2026_01_03_000000_x",
            "2026_02_01_000000_x",
            "2026_10_01_000000_x",
            "2027_01_01_000000_x",
        ];
        let mut earlier: Option<(u64, String)> = None;
        for stamp in MOMENTS.iter().filter_map(|stem| Stamp::of_stem(stem)) {
            let name = self.name(stamp, SLUG, REVISION);
            let refuse =
                |problem| Err(NamingError::Name { template: template(), name: name.clone(), problem });
            let mut folders: Vec<&str> = name.split('/').collect();
            let stem = folders.pop().unwrap_or_default();
            let plain = |part: &&str| {
                !part.is_empty()
                    && !part.starts_with('.')
                    && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
            };
            if !folders.iter().all(plain) {
                return refuse("lies in a folder without a plain name");
            }
            if !const_is_valid_stem(stem) {
                return refuse(
                    "is not the name of a migration: a stamp, `_`, and letters, digits, `_` and `.`",
                );
            }
            if !slug_of(stem).contains(SLUG) {
                return refuse("does not give the slug back");
            }
            let number = split_stamp(stem).0.unwrap_or(0);
            if let Some((_, earlier)) = earlier.filter(|(before, _)| *before >= number) {
                return Err(NamingError::Order { template: template(), earlier, later: name });
            }
            earlier = Some((number, name));
        }
        Ok(())
    }
}

fn parse(template: &str) -> Result<Vec<Part>, NamingError> {
    let mut parts = Vec::new();
    let mut rest = template;
    let brace = || NamingError::Brace { template: template.to_owned() };
    while let Some((text, behind)) = rest.split_once('{') {
        let (token, behind) = behind.split_once('}').ok_or_else(brace)?;
        let known = TOKENS.into_iter().find(|known| *known == token);
        let token = known.ok_or_else(|| NamingError::Token { token: token.to_owned() })?;
        if text.contains('}') {
            return Err(brace());
        }
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
        parts.push(Part::Token(token));
        rest = behind;
    }
    if rest.contains('}') {
        return Err(brace());
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp::of_stem("2026_11_20_143002_x").unwrap()
    }

    #[test]
    fn names_of_templates() {
        let table = [
            (FILE_TEMPLATE, "2026_11_20_143002_add_x"),
            ("{year}/{stamp}_{slug}", "2026/2026_11_20_143002_add_x"),
            ("{year}{month}{day}{hour}{minute}{second}_{slug}", "20261120143002_add_x"),
            ("{epoch}_{rev}_{slug}", "1795185002_r1_add_x"),
            ("{year}-{month}/{epoch}_{slug}", "2026-11/1795185002_add_x"),
        ];
        for (template, expected) in table {
            let naming = Naming::new(Some(template), None).expect(template);
            assert_eq!(naming.name(stamp(), "add_x", "r1"), expected);
        }
    }

    #[test]
    fn names_that_do_not_sort_or_read_back_are_refused() {
        let table = [
            ("{stamp}", "has no `{slug}`"),
            ("{slug}_{stamp}", "not the name of a migration"),
            ("{stamp}-{slug}", "not the name of a migration"),
            ("{day}_{month}_{year}_{hour}{minute}{second}_{slug}", "does not sort behind it"),
            ("{year}{month}{day}{hour}{minute}_{slug}", "does not sort behind it"),
            ("{year}_{slug}", "does not sort behind it"),
            ("../{stamp}_{slug}", "without a plain name"),
            ("/{stamp}_{slug}", "without a plain name"),
            ("a b/{stamp}_{slug}", "without a plain name"),
            ("{stamp}_{sulg}", "`{sulg}` is no token"),
            ("{stamp_{slug}", "is no token"),
            ("{stamp}}_{slug}", "a brace without its other half"),
            ("{stamp}_{slug", "a brace without its other half"),
        ];
        for (template, part) in table {
            let error = Naming::new(Some(template), None).expect_err(template);
            assert!(error.to_string().contains(part), "{template}: {error}");
            assert_eq!(error.key(), "migrations.file_template");
        }
    }

    #[test]
    fn stamps_are_of_the_zone_and_never_go_back() {
        let error = Naming::new(None, Some("Mars/Olympus")).expect_err("no zone");
        assert_eq!(
            (error.key(), error.to_string().contains("`Mars/Olympus`")),
            ("migrations.timezone", true)
        );
        let naming = Naming::new(Some("{epoch}_{slug}"), Some("Europe/Berlin")).expect("a zone");
        let moment = Timestamp::from_second(1_795_185_002).unwrap();
        let stamp = Stamp::of_moment(moment, &naming.zone);
        assert_eq!(stamp.to_string(), "2026_11_20_153002");
        assert_eq!(naming.name(stamp, "x", ""), "1795185002_x");
        // The clock was put back by an hour since.
        let stems = ["2026_11_20_155959_a", "2026_11_25_000000_b", "2026_11_19_000000_c"];
        let floor = naming.floor(stamp, stems.into_iter()).expect("a floor");
        assert_eq!(floor.to_string(), "2026_11_20_155959");
        assert_eq!(Naming::default().floor(stamp, stems.into_iter()), None);
    }

    #[test]
    fn a_name_of_another_form_does_not_go_before_what_is_there() {
        let naming = Naming::new(Some("{epoch}_{slug}"), None).unwrap();
        let error =
            naming.check_order("1795185002_x", &["1_a", "2026_11_20_143002_b"]).expect_err("before it");
        assert!(error.to_string().contains("before `2026_11_20_143002_b`"), "{error}");
        assert_eq!(naming.check_order("1795185002_x", &["1_a", "1795185003_b"]), Ok(()));
        assert_eq!(Naming::default().check_order("2026_11_20_143002_x", &["2099_01_01_000000_b"]), Ok(()));
    }
}
