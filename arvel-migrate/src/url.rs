//! Database URLs, in a type that never shows its secrets.
//!
//! `%`, `@`, `:`, spaces and slashes in a password work as written: the user part ends at the last `@`, and a `%`
//! that begins no escape is itself.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stays readable in a re-encoded user, password or database name.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// Parameters whose values are hidden.
const SECRET_PARAMETERS: [&str; 5] = ["password", "passwd", "pwd", "secret", "token"];

/// A database URL that can not be used. It never repeats the URL's secrets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UrlError {
    /// No `scheme:`.
    #[error("a database URL begins with `sqlite:`, `postgres://` or `mysql://`")]
    NoScheme,
    /// A scheme that no driver has.
    #[error("no driver for `{scheme}:`; there are {known}")]
    UnknownScheme {
        /// The scheme.
        scheme: String,
        /// The schemes that can be used.
        known: String,
    },
    /// A server URL without a database.
    #[error("the database URL names no database: it ends with `/name`")]
    NoDatabase,
}

/// A database URL. `Display`, `Debug` and `Serialize` hide the password and password-like parameters.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    scheme: String,
    user: Option<String>,
    password: Option<String>,
    authority: String,
    path: String,
    query: Option<String>,
}

impl DatabaseUrl {
    /// Reads a URL.
    ///
    /// # Errors
    /// [`UrlError`] when there is no scheme, or none that a driver knows.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim();
        let (scheme, rest) = text.split_once(':').ok_or(UrlError::NoScheme)?;
        if scheme.is_empty() || !scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'-') {
            return Err(UrlError::NoScheme);
        }
        let Some(driver) = crate::dialect::driver_for(scheme) else {
            let known = crate::dialect::schemes().join(", ");
            return Err(UrlError::UnknownScheme { scheme: scheme.to_owned(), known });
        };
        let mut url = Self {
            scheme: scheme.to_owned(),
            user: None,
            password: None,
            authority: String::new(),
            path: String::new(),
            query: None,
        };
        if driver.offline_dialect().capability().file_database {
            let (path, query) = split_query(rest);
            url.path = path.strip_prefix("//").unwrap_or(path).to_owned();
            url.query = query;
            return Ok(url);
        }
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let rest = match end_of_user(rest) {
            Some(at) => {
                let (user, password) = match rest[..at].split_once(':') {
                    Some((user, password)) => (user, Some(decode(password))),
                    None => (&rest[..at], None),
                };
                url.user = Some(decode(user));
                url.password = password;
                &rest[at + 1..]
            }
            None => rest,
        };
        let (rest, query) = split_query(rest);
        url.query = query;
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        url.authority = authority.to_owned();
        url.path = decode(path);
        Ok(url)
    }

    /// The scheme, `postgres`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// Host and port as written; empty for a file.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.authority
    }

    /// The database's name, or the file's path.
    #[must_use]
    pub fn database(&self) -> &str {
        &self.path
    }

    /// Whether the database is a file of this machine (or memory).
    #[must_use]
    pub fn is_file(&self) -> bool {
        crate::dialect::driver_for(&self.scheme)
            .is_some_and(|driver| driver.offline_dialect().capability().file_database)
    }

    /// Whether the database lives in memory only.
    #[must_use]
    pub fn is_memory(&self) -> bool {
        self.is_file()
            && (self.path.is_empty()
                || self.path == ":memory:"
                || self.query.as_deref().is_some_and(|query| query.split('&').any(|p| p == "mode=memory")))
    }

    /// Whether the server is on another machine, as far as the name of its host says.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        let host = match self.authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((host, _)) => host,
            None => self.authority.split(':').next().unwrap_or_default(),
        };
        let here = host.is_empty()
            || host.eq_ignore_ascii_case("localhost")
            || host == "::1"
            || host.starts_with("127.")
            // A socket: `%2Fvar%2Frun`.
            || host.to_ascii_lowercase().starts_with("%2f");
        !self.is_file() && !here
    }

    /// The file of a file database; `None` for servers and for memory.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        (self.is_file() && !self.is_memory()).then(|| PathBuf::from(&self.path))
    }

    /// The same URL with a relative file path taken from `root`.
    #[must_use]
    pub fn resolved(mut self, root: &Path) -> Self {
        if let Some(file) = self.file()
            && file.is_relative()
        {
            self.path = root.join(file).to_string_lossy().into_owned();
        }
        self
    }

    /// Whether both lead to one database with one role, as far as their texts say. Only the password does not matter: a
    /// role and a parameter may choose the schema. Two names of one host are two places here, and so is memory, which
    /// nobody shares.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        let driver = |url: &Self| {
            crate::dialect::driver_for(&url.scheme).map(|driver| driver.offline_dialect().capability().family)
        };
        !self.is_memory()
            && !other.is_memory()
            && driver(self) == driver(other)
            && self.authority.eq_ignore_ascii_case(&other.authority)
            && (&self.path, &self.user, &self.query) == (&other.path, &other.user, &other.query)
    }

    /// The same server with another database: for creating and dropping one.
    #[must_use]
    pub fn with_database(&self, database: &str) -> Self {
        Self { path: database.to_owned(), ..self.clone() }
    }

    /// The whole URL with its secrets, encoded as drivers read it. It goes to a driver (an application's own pool) and
    /// nowhere else.
    #[must_use]
    pub fn expose(&self) -> String {
        let encode = |text: &str| utf8_percent_encode(text, UNRESERVED).to_string();
        let mut out = format!("{}://", self.scheme);
        if let Some(user) = &self.user {
            out.push_str(&encode(user));
            if let Some(password) = &self.password {
                out.push(':');
                out.push_str(&encode(password));
            }
            out.push('@');
        }
        out.push_str(&self.authority);
        if !self.path.is_empty() {
            out.push('/');
            out.push_str(&encode(&self.path));
        }
        if let Some(query) = &self.query {
            out.push('?');
            out.push_str(query);
        }
        out
    }

    /// The user, for a program that is told it apart.
    pub(crate) fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The password, for a program that is told it apart.
    pub(crate) fn password(&self) -> Option<&str> {
        self.password.as_deref()
    }

    /// The parameters behind `?`, as written.
    pub(crate) fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// A parameter with a secret that is none of `known`. A driver that does not know a parameter may log it.
    pub(crate) fn unknown_secret(&self, known: &[&str]) -> Option<&str> {
        let parameters = self.query.as_deref()?.split('&');
        let mut keys = parameters.filter_map(|parameter| Some(parameter.split_once('=')?.0));
        keys.find(|key| is_secret(key) && !known.contains(key))
    }

    /// Takes the password out of a text that a driver made, in every form in which it may stand there.
    #[must_use]
    pub fn scrub(&self, text: &str) -> String {
        let Some(password) = self.password.as_deref().filter(|password| !password.is_empty()) else {
            return text.to_owned();
        };
        let encoded = utf8_percent_encode(password, UNRESERVED).to_string();
        text.replace(&encoded, "****").replace(password, "****")
    }
}

/// Where the user part ends: at the last `@` before the parameters that a host follows, else at the last such `@` of all.
/// A password may hold `@`, `?` and `/`, and a parameter an `@`; what no host can follow is no end.
fn end_of_user(text: &str) -> Option<usize> {
    let is_host = |at: &usize| {
        let rest = &text[at + 1..];
        let authority = &rest[..rest.find(['/', '?']).unwrap_or(rest.len())];
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (authority, ""),
        };
        let of_host = |c: char| c.is_ascii_alphanumeric() || ".-_%[]:".contains(c);
        port.bytes().all(|b| b.is_ascii_digit()) && host.chars().all(of_host)
    };
    let before_query = text.find('?').unwrap_or(text.len());
    let ends = |text: &str| -> Vec<usize> { text.rmatch_indices('@').map(|(at, _)| at).collect() };
    let last = ends(&text[..before_query]).first().copied().filter(is_host);
    last.or_else(|| ends(text).into_iter().find(is_host)).or_else(|| text.rfind('@'))
}

fn split_query(text: &str) -> (&str, Option<String>) {
    match text.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (text, None),
    }
}

fn is_secret(key: &str) -> bool {
    let key = key.to_lowercase();
    SECRET_PARAMETERS.iter().any(|secret| key.contains(secret))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), |decoded| decoded.into_owned())
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_file() {
            write!(f, "{}:{}", self.scheme, self.path)?;
        } else {
            write!(f, "{}://", self.scheme)?;
            if let Some(user) = &self.user {
                write!(f, "{user}{}@", if self.password.is_some() { ":****" } else { "" })?;
            }
            write!(f, "{}/{}", self.authority, self.path)?;
        }
        if let Some(query) = &self.query {
            let shown: Vec<String> = query
                .split('&')
                .map(|parameter| match parameter.split_once('=') {
                    Some((key, _)) if is_secret(key) => format!("{key}=****"),
                    _ => parameter.to_owned(),
                })
                .collect();
            write!(f, "?{}", shown.join("&"))?;
        }
        Ok(())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

impl serde::Serialize for DatabaseUrl {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_with_awkward_letters_work_and_are_hidden() {
        for password in
            ["p%a@ss", "a:b", "with space", "sla/sh", "qu?estion", "100%", "p%a@s:w/o #r?d&", "a?b@c"]
        {
            let url = DatabaseUrl::parse(&format!("postgres://me:{password}@localhost:5432/app")).unwrap();
            assert_eq!(url.password.as_deref(), Some(password));
            assert_eq!((url.host(), url.database()), ("localhost:5432", "app"));
            for shown in [url.to_string(), format!("{url:?}"), serde_json::to_string(&url).unwrap()] {
                assert!(!shown.contains(password), "{shown}");
            }
            assert_eq!(url.scrub(&format!("cannot log in with {password}")), "cannot log in with ****");
            let again = DatabaseUrl::parse(&url.expose()).unwrap();
            assert_eq!(again.password.as_deref(), Some(password));
        }
    }

    #[test]
    fn what_is_one_place() {
        let table = [
            ("postgres://me:a@h/db", "postgresql://me:b@H/db", true),
            ("mysql://me@h/db", "mariadb://me@h/db", true),
            ("sqlite://a.db", "sqlite:a.db", true),
            ("sqlite::memory:", "sqlite::memory:", false),
            ("postgres://me@h/db", "postgres://me@h/db?options=-csearch_path%3Dx", false),
            ("postgres://me@h/db", "postgres://you@h/db", false),
            ("postgres://me@h/db", "postgres://me@h/other", false),
            ("postgres://me@h/db", "mysql://me@h/db", false),
        ];
        for (one, other, same) in table {
            let of = |text| DatabaseUrl::parse(text).unwrap();
            assert_eq!(of(one).is_same_place(&of(other)), same, "{one} {other}");
        }
    }

    #[test]
    fn a_parameter_may_hold_an_at() {
        let url = DatabaseUrl::parse("postgres://me:secret@h:5432/db?application_name=a@b").unwrap();
        assert_eq!((url.host(), url.database(), url.password.as_deref()), ("h:5432", "db", Some("secret")));
    }

    #[test]
    fn encoded_passwords_are_decoded_once() {
        let url = DatabaseUrl::parse("mysql://root:a%40b%25@h/db").unwrap();
        assert_eq!(url.password.as_deref(), Some("a@b%"));
    }

    #[test]
    fn files_are_taken_from_the_root() {
        let url = DatabaseUrl::parse("sqlite://database/app.db").unwrap().resolved(Path::new("/srv/app"));
        assert_eq!(url.file().unwrap(), Path::new("/srv/app/database/app.db"));
        assert!(DatabaseUrl::parse("sqlite::memory:").unwrap().is_memory());
        assert!(DatabaseUrl::parse("sqlite:a.db?mode=rwc").unwrap().file().is_some());
    }

    #[test]
    fn what_is_on_another_machine() {
        for (url, remote) in [
            ("postgres://localhost/db", false),
            ("postgres://127.0.0.1:5432/db", false),
            ("postgres://me@[::1]:5432/db", false),
            ("postgres:///db", false),
            ("postgres://%2Fvar%2Frun/db", false),
            ("sqlite:app.db", false),
            ("postgres://me:x@db.internal:5432/db", true),
            ("mysql://10.0.0.7/db", true),
            ("mysql://[fd00::7]/db", true),
        ] {
            assert_eq!(DatabaseUrl::parse(url).unwrap().is_remote(), remote, "{url}");
        }
    }

    #[test]
    fn unknown_schemes_are_named() {
        assert!(matches!(DatabaseUrl::parse("cockroachdb://x"), Err(UrlError::UnknownScheme { .. })));
        assert_eq!(DatabaseUrl::parse("app.db"), Err(UrlError::NoScheme));
    }

    #[test]
    fn a_secret_that_no_driver_knows_is_found() {
        let url = DatabaseUrl::parse("postgres://h/db?password=a&sslPassword=b").unwrap();
        assert_eq!(url.unknown_secret(&["password"]), Some("sslPassword"));
        assert_eq!(url.unknown_secret(&["password", "sslPassword"]), None);
    }

    #[test]
    fn secret_parameters_are_hidden() {
        let url = DatabaseUrl::parse("postgres://h/db?sslpassword=x&sslmode=disable").unwrap();
        assert_eq!(url.to_string(), "postgres://h/db?sslpassword=****&sslmode=disable");
    }
}
