//! The field shorthand of `make migration`: `name[:type[:arg[,arg]]][:modifier]*`.
//!
//! `title:string:unique`, `price:decimal:10,2`, `user:references:people`, and, when quoted for the shell,
//! `price:decimal(10,2)` and `body:text?`. What is not known, and what a column can not be, is an error with the
//! nearest name; nothing is guessed and nothing is dropped.

use super::{
    FieldError,
    field_types::{Arguments, Family, Modifier, TYPES, Type, nearest, squeeze},
};

/// One column, or a group of columns, as it is put into a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The column, or the stem of a group: `commentable` of `commentable:morphs`.
    pub name: String,
    /// What it is.
    pub kind: FieldKind,
    /// Whether its type was written, or `string` was taken.
    pub typed: bool,
    /// Allows NULL.
    pub nullable: bool,
    /// Without negative numbers.
    pub unsigned: bool,
    /// A primary key of this column.
    pub primary: bool,
    /// A unique key on this column.
    pub unique: bool,
    /// An index on this column.
    pub index: bool,
    /// The moment of the INSERT as its default.
    pub use_current: bool,
    /// The default as a Rust literal.
    pub default: Option<String>,
    /// The comment.
    pub comment: Option<String>,
    /// What happens when a parent row goes, as a method: `cascade_on_delete`.
    pub on_delete: Option<&'static str>,
}

/// What a field adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One column: a method of `Blueprint`, and its arguments behind the name as Rust.
    Column {
        /// The method.
        method: &'static str,
        /// The arguments.
        arguments: Vec<String>,
    },
    /// A column that holds one of some texts.
    Enumeration {
        /// The texts.
        values: Vec<String>,
    },
    /// A column that is a foreign key.
    Reference {
        /// `foreign_id` or `foreign_uuid`.
        method: &'static str,
        /// The parent.
        table: String,
    },
    /// `{name}_type` and `{name}_id` with an index.
    Morphs,
    /// A group or column with a name of its own: `id`, `timestamps`, `soft_deletes`, `remember_token`.
    Fixed {
        /// The method.
        method: &'static str,
        /// Its columns.
        columns: &'static [&'static str],
    },
}

impl Field {
    /// Reads several fields, which may not share a column.
    ///
    /// # Errors
    /// [`FieldError`] for the first one that can not be understood.
    pub fn parse_all(fields: &[String]) -> Result<Vec<Self>, FieldError> {
        let mut seen: Vec<String> = Vec::new();
        let mut parsed = Vec::with_capacity(fields.len());
        for text in fields {
            let field = Self::parse(text)?;
            for column in field.columns() {
                if seen.iter().any(|other| other.eq_ignore_ascii_case(&column)) {
                    return Err(FieldError::Twice { field: text.clone(), column });
                }
                seen.push(column);
            }
            parsed.push(field);
        }
        Ok(parsed)
    }

    /// Reads one field.
    ///
    /// # Errors
    /// [`FieldError`] with what is wrong and the nearest name.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let field = || text.to_owned();
        let segments = segments(text).ok_or_else(|| FieldError::Unclosed { field: field() })?;
        let (mut name, mut rest) = match segments.split_first() {
            Some((name, rest)) => (name.trim(), rest),
            None => ("", &[][..]),
        };
        let mut nullable = false;
        if let (Some(short), []) = (name.strip_suffix('?'), rest) {
            (name, nullable) = (short, true);
        }
        if !is_column_name(name) {
            return Err(FieldError::Name { field: field(), name: name.to_owned() });
        }
        let typed = !rest.is_empty();
        let (kind, bracketed) = match rest.split_first() {
            Some((kind, others)) => {
                rest = others;
                let short = kind.trim().strip_suffix('?');
                nullable |= short.is_some();
                split_brackets(short.unwrap_or(kind.trim()))
            }
            None => (fixed(name).unwrap_or("string"), None),
        };
        let kind = Type::find(kind).ok_or_else(|| FieldError::UnknownType {
            field: field(),
            name: kind.to_owned(),
            nearest: nearest(kind, TYPES.iter().map(|kind| kind.name)),
        })?;
        let mut arguments: Option<&str> = bracketed;
        if arguments.is_none()
            && let Some((first, others)) = rest.split_first()
            && kind.takes(first)
        {
            (arguments, rest) = (Some(*first), others);
        }
        let mut parsed = Self::of(text, name, kind, arguments)?;
        parsed.typed = typed;
        parsed.nullable = nullable;
        for modifier in rest {
            parsed.modify(text, kind, modifier)?;
        }
        parsed.check(text, kind)?;
        Ok(parsed)
    }

    fn of(text: &str, name: &str, kind: &Type, arguments: Option<&str>) -> Result<Self, FieldError> {
        let values: Vec<&str> =
            arguments.map(|all| all.split(',').map(str::trim).collect()).unwrap_or_default();
        let wrong = |expected: String| FieldError::Arguments { field: text.to_owned(), expected };
        let mut name = name.to_owned();
        let column = |method, arguments| FieldKind::Column { method, arguments };
        let kind = match kind.arguments {
            Arguments::None if values.is_empty() => match kind.family {
                Family::Morphs => FieldKind::Morphs,
                Family::Fixed(columns) => FieldKind::Fixed { method: kind.method, columns },
                _ => column(kind.method, Vec::new()),
            },
            Arguments::None => return Err(wrong(format!("`{}` takes no arguments", kind.name))),
            Arguments::Numbers { optional: true, .. } if values.is_empty() => column(kind.method, Vec::new()),
            Arguments::Numbers { with, limits, example, .. } => {
                let numbers: Option<Vec<u32>> = values.iter().map(|value| value.parse().ok()).collect();
                let fits = |numbers: &Vec<u32>| {
                    numbers.len() == limits.len()
                        && numbers.iter().zip(limits).all(|(n, limit)| limit.contains(n))
                };
                let numbers = numbers
                    .filter(fits)
                    .filter(|numbers| kind.method != "decimal" || numbers[1] <= numbers[0])
                    .ok_or_else(|| wrong(format!("`{}` is written `{example}`", kind.name)))?;
                column(with, numbers.iter().map(u32::to_string).collect())
            }
            Arguments::Values => {
                let values: Vec<&str> = values.iter().map(|value| unquote(value)).collect();
                if values.is_empty() || values.iter().any(|value| value.is_empty()) {
                    return Err(wrong(
                        "an enumeration names its values: `status:enumeration:draft,published`".into(),
                    ));
                }
                let values = values.into_iter().map(str::to_owned).collect();
                FieldKind::Enumeration { values }
            }
            Arguments::Table => {
                let is_table =
                    |table: &str| table.split('.').count() <= 2 && table.split('.').all(is_column_name);
                let table = match values.as_slice() {
                    [] => None,
                    [table] if is_table(table) => Some(*table),
                    _ => {
                        return Err(wrong(format!(
                            "`{}` takes one table: `user:references:people`",
                            kind.name
                        )));
                    }
                };
                reference(kind, &mut name, table)
            }
        };
        Ok(Self::plain(name, kind))
    }

    fn plain(name: String, kind: FieldKind) -> Self {
        Self {
            name,
            kind,
            typed: true,
            nullable: false,
            unsigned: false,
            primary: false,
            unique: false,
            index: false,
            use_current: false,
            default: None,
            comment: None,
            on_delete: None,
        }
    }

    fn modify(&mut self, text: &str, kind: &Type, modifier: &str) -> Result<(), FieldError> {
        let (word, value) = match modifier.split_once('=') {
            Some((word, value)) => (word.trim(), Some(unquote(value.trim()))),
            None => (modifier.trim(), None),
        };
        let found = Modifier::find(word).filter(|found| found.takes_value() == value.is_some());
        let Some(found) = found else {
            let name = modifier.trim().to_owned();
            let nearest = nearest(word, Modifier::names().iter().copied());
            return Err(FieldError::UnknownModifier { field: text.to_owned(), name, nearest });
        };
        let value = value.unwrap_or_default();
        let refuse = |reason| {
            Err(FieldError::Unsuited { field: text.to_owned(), modifier: modifier.trim().to_owned(), reason })
        };
        match found {
            Modifier::Nullable => self.nullable = true,
            Modifier::Unsigned => self.unsigned = true,
            Modifier::Primary => self.primary = true,
            Modifier::Unique => self.unique = true,
            Modifier::Index => self.index = true,
            Modifier::UseCurrent => self.use_current = true,
            Modifier::Comment => self.comment = Some(value.to_owned()),
            Modifier::OnDelete(method) => self.on_delete = Some(method),
            Modifier::OnDeleteValue => match Modifier::action(value) {
                Some(method) => self.on_delete = Some(method),
                None => return refuse("the actions are cascade, restrict, set_null and no_action"),
            },
            Modifier::Default if kind.family == Family::Moment && Modifier::is_now(value) => {
                self.use_current = true
            }
            Modifier::Default => match kind.family.literal(value) {
                Ok(literal) => self.default = Some(literal),
                Err(reason) => return refuse(reason),
            },
        }
        Ok(())
    }

    /// What can only be said when all modifiers are known.
    fn check(&self, text: &str, kind: &Type) -> Result<(), FieldError> {
        let group = matches!(self.kind, FieldKind::Morphs | FieldKind::Fixed { .. });
        let reference = matches!(self.kind, FieldKind::Reference { .. });
        let number = matches!(kind.family, Family::Integer | Family::Decimal);
        let column_only = self.unsigned || self.primary || self.unique || self.index || self.use_current;
        let column_only = column_only || self.default.is_some() || self.comment.is_some();
        let outside = |literal: &String| match &self.kind {
            FieldKind::Enumeration { values } => !values.iter().any(|value| format!("{value:?}") == *literal),
            _ => false,
        };
        let cases: [(bool, &str, &str); 8] = [
            (group && column_only, "a modifier", "it stands for columns of a fixed shape"),
            (
                self.nullable && matches!(self.kind, FieldKind::Fixed { .. }),
                "null",
                "it stands for columns of a fixed shape",
            ),
            (self.unsigned && !number, "unsigned", "it is no number"),
            (
                self.unsigned && self.default.as_deref().is_some_and(|value| value.starts_with('-')),
                "default",
                "it is negative",
            ),
            (self.use_current && kind.family != Family::Moment, "use_current", "it holds no moment"),
            (self.use_current && self.default.is_some(), "use_current", "it has another default"),
            (self.on_delete.is_some() && !reference, "on_delete", "it references no table"),
            (self.default.as_ref().is_some_and(outside), "default", "it is none of the values"),
        ];
        let null = self.on_delete == Some("null_on_delete") && !self.nullable;
        let primary = self.primary && self.nullable;
        let more = [
            (null, "set_null", "the column must be nullable: add `:null`"),
            (primary, "primary", "a key is never NULL"),
        ];
        match cases.into_iter().chain(more).find(|(wrong, ..)| *wrong) {
            Some((_, modifier, reason)) => {
                Err(FieldError::Unsuited { field: text.to_owned(), modifier: modifier.to_owned(), reason })
            }
            None => Ok(()),
        }
    }

    /// The columns that the field makes.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        match &self.kind {
            FieldKind::Morphs => vec![format!("{}_type", self.name), format!("{}_id", self.name)],
            FieldKind::Fixed { columns, .. } => columns.iter().map(|column| (*column).to_owned()).collect(),
            FieldKind::Column { .. } | FieldKind::Enumeration { .. } | FieldKind::Reference { .. } => {
                vec![self.name.clone()]
            }
        }
    }
}

/// `user:references` is the column `user_id` and the table `users`; `foreign_id` names the column itself.
fn reference(kind: &Type, name: &mut String, table: Option<&str>) -> FieldKind {
    let stem = name.strip_suffix("_id").unwrap_or(name).to_owned();
    if kind.name == "references" {
        *name = format!("{stem}_id");
    } else if table.is_none() {
        return FieldKind::Column { method: kind.method, arguments: Vec::new() };
    }
    FieldKind::Reference { method: kind.method, table: table.map_or_else(|| plural(&stem), str::to_owned) }
}

/// The table of a thing: the last word in its plural, `blog_post` gives `blog_posts`.
pub(super) fn plural(stem: &str) -> String {
    let (head, last) = stem.rsplit_once('_').map_or(("", stem), |(head, last)| (head, last));
    let many = pluralizer::pluralize(last, 2, false);
    if head.is_empty() { many } else { format!("{head}_{many}") }
}

/// Words that are a whole field by themselves.
fn fixed(name: &str) -> Option<&'static str> {
    let kind = Type::find(name)?;
    (matches!(kind.family, Family::Fixed(_)) && squeeze(kind.name) == squeeze(name)).then_some(kind.name)
}

fn is_column_name(name: &str) -> bool {
    name.len() <= 63
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Splits at `:` outside of brackets and quotes; `None` when one of these is not closed.
fn segments(text: &str) -> Option<Vec<&str>> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            // An apostrophe inside a word is not a quote.
            (None, '\'' | '"') if text[..i].ends_with([':', '=', ',', '(']) => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.checked_sub(1)?,
            (None, ':') if depth == 0 => {
                parts.push(&text[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    (depth == 0 && quote.is_none()).then_some(parts)
}

fn split_brackets(kind: &str) -> (&str, Option<&str>) {
    match kind.strip_suffix(')').and_then(|kind| kind.split_once('(')) {
        Some((kind, arguments)) => (kind, Some(arguments)),
        None => (kind, None),
    }
}

fn unquote(value: &str) -> &str {
    let inner = |quote| value.strip_prefix(quote).and_then(|value: &str| value.strip_suffix(quote));
    inner('\'').or_else(|| inner('"')).unwrap_or(value)
}

#[cfg(test)]
#[path = "field_tests.rs"]
mod tests;
