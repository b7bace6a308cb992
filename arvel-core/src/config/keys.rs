//! The keys that exist.
//!
//! A misspelt key that is silently ignored is a guard that is silently off, so every key in every source must
//! be one that somebody reads. A plugin lists its keys as patterns; `*` stands for one segment.

use crate::suggest::nearest;

/// The keys that the kernel itself reads.
pub(crate) const CORE: [&str; 9] = [
    "environment",
    "app.name",
    "app.package",
    "app.bin",
    "server.host",
    "server.port",
    "log.level",
    "log.format",
    "log.targets",
];

/// The patterns of the kernel and of all plugins.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    patterns: Vec<Vec<&'static str>>,
}

impl Keys {
    pub(crate) fn new(of_plugins: impl IntoIterator<Item = &'static str>) -> Self {
        let patterns = CORE.into_iter().chain(of_plugins).map(|key| key.split('.').collect()).collect();
        Self { patterns }
    }

    /// Whether somebody reads `key`. A pattern covers what lies below it: its value may be a table.
    pub(crate) fn knows(&self, key: &str) -> bool {
        let segments: Vec<&str> = key.split('.').collect();
        self.patterns.iter().any(|pattern| {
            pattern.len() <= segments.len() && pattern.iter().zip(&segments).all(|(p, s)| *p == "*" || p == s)
        })
    }

    /// Whether `key` holds further keys and so can not have a plain value.
    pub(crate) fn is_table(&self, key: &str) -> bool {
        let segments: Vec<&str> = key.split('.').collect();
        self.patterns.iter().any(|pattern| {
            pattern.len() > segments.len() && pattern.iter().zip(&segments).all(|(p, s)| *p == "*" || p == s)
        })
    }

    /// The known key that `key` was probably meant to be, with its own names in place of `*`.
    pub(crate) fn nearest(&self, key: &str) -> Option<String> {
        let segments: Vec<&str> = key.split('.').collect();
        let candidates = self.patterns.iter().map(|pattern| {
            let filled = pattern.iter().enumerate().map(|(at, part)| match (*part, segments.get(at)) {
                ("*", Some(segment)) => segment,
                ("*", None) => "default",
                (part, _) => part,
            });
            filled.collect::<Vec<_>>().join(".")
        });
        nearest(key, candidates)
    }
}

/// The environment variable that sets `key`: `databases.default.url` is `ARVEL_DATABASES__DEFAULT__URL`.
pub(crate) fn variable_of(key: &str) -> String {
    format!("ARVEL_{}", key.replace('.', "__").to_ascii_uppercase())
}

/// Whether the value of `key` must never be echoed: it may hold a password.
pub(crate) fn is_secret(key: &str) -> bool {
    const ENDINGS: [&str; 6] = ["url", "password", "secret", "token", "dsn", "key"];
    key.to_ascii_lowercase().split('.').any(|segment| ENDINGS.iter().any(|ending| segment.ends_with(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new(["databases.*.url", "databases.*.lock_timeout", "migrations.path", "mail.headers"])
    }

    #[test]
    fn known_and_unknown_with_the_nearest() {
        // key -> (known, nearest when unknown)
        let table = [
            ("databases.default.url", true, None),
            ("databases.replica.url", true, None),
            ("mail.headers.x-from", true, None),
            ("databases.default.ulr", false, Some("databases.default.url")),
            ("database.default.url", false, Some("databases.default.url")),
            ("databases.replica.lock_timout", false, Some("databases.replica.lock_timeout")),
            ("migration.path", false, Some("migrations.path")),
            ("server_port", false, Some("server.port")),
            ("databases.default", false, Some("databases.default.url")),
            ("queue.driver", false, None),
        ];
        for (key, known, near) in table {
            assert_eq!(keys().knows(key), known, "{key}");
            if !known {
                assert_eq!(keys().nearest(key).as_deref(), near, "{key}");
            }
        }
        assert!(keys().is_table("databases.default") && !keys().is_table("databases.default.url"));
    }

    #[test]
    fn what_may_hold_a_password_is_secret() {
        for key in ["databases.default.url", "databases.default.migrate_url", "mail.password", "auth.api_key"]
        {
            assert!(is_secret(key), "{key}");
        }
        for key in ["server.port", "migrations.path", "app.name"] {
            assert!(!is_secret(key), "{key}");
        }
    }
}
