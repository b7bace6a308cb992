//! Character sets and collations: which collation a character set alone means, and what of a column's is not its
//! table's own.
//!
//! The catalog always shows both; the schema keeps them only where they differ from what is around: a column's from its
//! table's, a table's from its database's. So a table that says nothing stays one that says nothing.

use crate::operation::ColumnDef;

/// The compiled collations of a family of servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// MySQL 5.7, MariaDB before 11.6: `…_general_ci` for the Unicode sets.
    General,
    /// MariaDB 11.6: `character_set_collations` makes the Unicode sets `…_uca1400_ai_ci`.
    Uca1400,
    /// MySQL 8: `utf8mb4_0900_ai_ci`.
    Mysql8,
}

impl Family {
    pub(super) fn of(mariadb: bool, version: (u32, u32, u32)) -> Self {
        match mariadb {
            true if version >= (11, 6, 0) => Self::Uca1400,
            false if version >= (8, 0, 0) => Self::Mysql8,
            _ => Self::General,
        }
    }

    /// The collation that a character set has when none is said: "Supported Character Sets and Collations" of both
    /// manuals.
    pub fn of_charset(self, charset: &str) -> String {
        let unicode = ["utf8mb4", "utf8mb3", "ucs2", "utf16", "utf32"].contains(&charset);
        let rest = match (charset, self) {
            ("utf8mb4", Self::Mysql8) => "0900_ai_ci",
            (_, Self::Uca1400) if unicode => "uca1400_ai_ci",
            ("binary", _) => return "binary".to_owned(),
            ("big5" | "gb2312" | "gbk" | "gb18030", _) => "chinese_ci",
            ("dec8" | "latin1" | "swe7", _) => "swedish_ci",
            ("hp8", _) => "english_ci",
            ("ujis" | "sjis" | "cp932" | "eucjpms", _) => "japanese_ci",
            ("euckr", _) => "korean_ci",
            ("tis620", _) => "thai_ci",
            _ => "general_ci",
        };
        format!("{charset}_{rest}")
    }

    /// The collation that character set and collation mean together; `None` when neither is said.
    pub fn asked(self, charset: Option<&str>, collation: Option<&str>) -> Option<String> {
        let charset = charset.map(canonical);
        match (charset, collation) {
            // MariaDB's `uca1400_…` belong to every Unicode set.
            (charset, Some(collation)) if collation.to_lowercase().starts_with("uca1400") => {
                let charset = charset.unwrap_or_else(|| "utf8mb4".to_owned());
                Some(format!("{charset}_{}", collation.to_lowercase()))
            }
            (_, Some(collation)) => Some(collation.to_lowercase()),
            (Some(charset), None) => Some(self.of_charset(&charset)),
            (None, None) => None,
        }
    }
}

/// The name of a character set as the catalog shows it; `utf8` is the set of three bytes.
pub(super) fn canonical(charset: &str) -> String {
    match charset.to_lowercase().as_str() {
        "utf8" => "utf8mb3".to_owned(),
        other => other.to_owned(),
    }
}

/// The character set of a collation: its first word.
pub(super) fn of_collation(collation: &str) -> &str {
    collation.split('_').next().unwrap_or(collation)
}

/// Character set and collation, each only where it is not the one around.
pub(super) fn apart(collation: &str, around: &str) -> (Option<String>, Option<String>) {
    let charset = of_collation(collation);
    (
        (charset != of_collation(around)).then(|| charset.to_owned()),
        (collation != around).then(|| collation.to_owned()),
    )
}

/// What a definition says: ` CHARACTER SET latin1 COLLATE latin1_bin`. The words are names of the server, never quoted.
pub(super) fn clause(def: &ColumnDef) -> String {
    words(def.charset.as_deref(), def.collation.as_deref())
}

/// ` CHARACTER SET latin1 COLLATE latin1_bin`.
pub(super) fn words(charset: Option<&str>, collation: Option<&str>) -> String {
    let charset = charset.map_or_else(String::new, |charset| format!(" CHARACTER SET {charset}"));
    let collation = collation.map_or_else(String::new, |collation| format!(" COLLATE {collation}"));
    charset + &collation
}

/// Whether there is such a character set.
pub(super) fn is_known(charset: &str) -> bool {
    CHARSETS.contains(&canonical(charset).as_str())
}

/// Whether there can be such a collation: it begins with its character set.
pub(super) fn is_collation(name: &str) -> bool {
    let name = name.to_lowercase();
    is_name(&name) && (is_known(of_collation(&name)) || name.starts_with("uca1400_"))
}

/// "Supported Character Sets and Collations" of both manuals.
const CHARSETS: &[&str] = &[
    "armscii8", "ascii", "big5", "binary", "cp1250", "cp1251", "cp1256", "cp1257", "cp850", "cp852", "cp866",
    "cp932", "dec8", "eucjpms", "euckr", "gb18030", "gb2312", "gbk", "geostd8", "greek", "hebrew", "hp8",
    "keybcs2", "koi8r", "koi8u", "latin1", "latin2", "latin5", "latin7", "macce", "macroman", "sjis", "swe7",
    "tis620", "ucs2", "ujis", "utf16", "utf16le", "utf32", "utf8mb3", "utf8mb4",
];

/// Whether it can be written bare, as names of engines and character sets are.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether a type in the catalog's words has a character set.
pub(super) fn is_text(type_name: &str) -> bool {
    let word = type_name.split(['(', ' ']).next().unwrap_or_default();
    matches!(word, "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set")
}
