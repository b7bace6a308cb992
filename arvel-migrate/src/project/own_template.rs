//! The project's own templates: found by name, filled, and looked at before a file is written.
//!
//! What would not be a migration is refused with the template's file and line: a text that is no Rust, one without its
//! declaration, one that leaves out what the command said about the file's place.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};

use super::{FileHeader, fill::fill};
use crate::{
    migration::{SqlFile, SqlFileError},
    publish::{Declaration, FileKind, plain},
};

/// A template that lies in the project's folder of templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTemplate {
    /// Its name: the stem of its file.
    pub name: String,
    /// Whether it makes Rust or SQL.
    pub kind: FileKind,
    /// Its text.
    pub text: String,
    /// Its file, as it is shown.
    pub path: PathBuf,
}

/// The project's own templates, and what the program adds to their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates {
    /// The templates.
    pub own: Vec<OwnTemplate>,
    /// Values beside those of the maker.
    pub values: BTreeMap<String, String>,
}

/// A template that makes no file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// A name that nobody has.
    #[error("no template is called `{name}`")]
    Unknown {
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// A built-in one that does not fit what is made.
    #[error("the template `{name}` makes another kind of file than this")]
    Unfit {
        /// The name.
        name: String,
    },
    /// A place that nothing is known for.
    #[error("`{}:{line}`: nothing is known for `{{{{ {key} }}}}`", file.display())]
    Key {
        /// The template.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The keys that there are.
        known: Vec<String>,
    },
    /// What it makes is no Rust.
    #[error(
        "`{}:{line}` makes a file that is no Rust: a quote or a bracket has no other half, or a character has no place there",
        file.display()
    )]
    NotRust {
        /// The template.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// What it makes is no SQL migration.
    #[error("`{}:{line}` makes a file that is no migration: {error}", file.display())]
    NotSql {
        /// The template.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        error: SqlFileError,
    },
    /// What it makes declares nothing.
    #[error("`{}:1` makes a file without `{macro_name}! {{ … }}`, so it would never run", file.display())]
    NoDeclaration {
        /// The template.
        file: PathBuf,
        /// `migration` or `seeder`.
        macro_name: &'static str,
    },
    /// What it makes declares a function that it does not have.
    #[error("`{}:{line}` declares `{function}`, and makes no `fn {function}`", file.display())]
    NoFunction {
        /// The template.
        file: PathBuf,
        /// The line of the declaration.
        line: usize,
        /// The function.
        function: String,
    },
    /// What it makes does not say what the command says.
    #[error("`{}:{line}` has no place for `{entry}`", file.display())]
    Dropped {
        /// The template.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What would be lost.
        entry: String,
    },
}

impl TemplateError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            TemplateError::Unknown { known, .. } => format!("there are {}", quoted(known)),
            TemplateError::Unfit { .. } => {
                "`--create T` and `--table T` say what is made; `db list-templates` shows the templates"
                    .to_owned()
            }
            TemplateError::Key { known, .. } => {
                format!("there are {}; the program adds others with `Hooks::template_value`", quoted(known))
            }
            TemplateError::NotRust { .. }
            | TemplateError::NotSql { .. }
            | TemplateError::NoFunction { .. } => "correct the template; nothing was written".to_owned(),
            TemplateError::NoDeclaration { macro_name: "migration", .. } => {
                "put `{{ declaration }}` on a line of its own; nothing was written".to_owned()
            }
            TemplateError::NoDeclaration { .. } => {
                "put `seeder! { name: \"{{ name }}\", run }` into it; nothing was written".to_owned()
            }
            TemplateError::Dropped { file, .. } => {
                let sql = FileKind::of_name(&file.to_string_lossy()) == Some(FileKind::Sql);
                let place = if sql { "{{ header }}" } else { "{{ declaration }}" };
                format!("put `{place}` on a line of its own; nothing was written")
            }
        }
    }

    /// The exit code of a command that ends with it.
    pub fn exit(&self) -> arvel_core::Exit {
        match self {
            TemplateError::Unknown { .. } | TemplateError::Unfit { .. } => arvel_core::Exit::USAGE,
            _ => arvel_core::Exit::CONFIGURATION,
        }
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl Templates {
    /// The project's own template of a name, for one kind of file.
    pub(super) fn find(&self, name: &str, kind: FileKind) -> Option<&OwnTemplate> {
        self.own.iter().find(|own| own.name == name && own.kind == kind)
    }

    /// The text of a new migration.
    pub(super) fn migration(
        &self,
        own: &OwnTemplate,
        values: BTreeMap<String, String>,
        header: &FileHeader,
    ) -> Result<String, TemplateError> {
        let filled = self.fill(own, values)?;
        let line = |line| filled.line(line);
        match own.kind {
            FileKind::Rust => rust(own, &plain(&filled.text), header, &line)?,
            FileKind::Sql => sql(own, &filled.text, header, &line)?,
        }
        Ok(filled.text)
    }

    /// The text of a new seeder.
    pub(super) fn seeder(
        &self,
        own: &OwnTemplate,
        values: BTreeMap<String, String>,
    ) -> Result<String, TemplateError> {
        let filled = self.fill(own, values)?;
        let tokens = tokens(&own.path, &plain(&filled.text), &|line| filled.line(line))?;
        match declares(&tokens, "seeder") {
            true => Ok(filled.text),
            false => Err(TemplateError::NoDeclaration { file: own.path.clone(), macro_name: "seeder" }),
        }
    }

    fn fill(
        &self,
        own: &OwnTemplate,
        mut values: BTreeMap<String, String>,
    ) -> Result<super::fill::Filled, TemplateError> {
        // What the maker says counts.
        for (key, value) in &self.values {
            values.entry(key.clone()).or_insert_with(|| value.clone());
        }
        fill(&plain(&own.text), &values).map_err(|unknown| TemplateError::Key {
            file: own.path.clone(),
            line: unknown.line,
            key: unknown.key,
            known: values.into_keys().collect(),
        })
    }
}

type Line<'a> = &'a dyn Fn(usize) -> usize;

fn tokens(file: &Path, text: &str, line: Line<'_>) -> Result<Vec<TokenTree>, TemplateError> {
    match text.parse::<TokenStream>() {
        Ok(tokens) => Ok(tokens.into_iter().collect()),
        Err(error) => {
            Err(TemplateError::NotRust { file: file.to_path_buf(), line: line(error.span().start().line) })
        }
    }
}

/// Whether `name! …` stands at the top of a file.
fn declares(tokens: &[TokenTree], name: &str) -> bool {
    tokens.windows(2).any(|two| match two {
        [TokenTree::Ident(word), TokenTree::Punct(bang)] => word == name && bang.as_char() == '!',
        _ => false,
    })
}

fn rust(own: &OwnTemplate, text: &str, header: &FileHeader, line: Line<'_>) -> Result<(), TemplateError> {
    let file = || own.path.clone();
    let tokens = tokens(&own.path, text, line)?;
    let Some(declaration) = Declaration::find(text) else {
        return Err(TemplateError::NoDeclaration { file: file(), macro_name: "migration" });
    };
    let at = text.lines().position(|of| of.contains("migration!")).map_or(1, |at| line(at + 1));
    let has = |function: &str| {
        tokens.windows(2).any(|two| match two {
            [TokenTree::Ident(word), TokenTree::Ident(name)] => word == "fn" && name == function,
            _ => false,
        })
    };
    if let Some(function) = declaration.functions().iter().find(|function| !has(function)) {
        return Err(TemplateError::NoFunction { file: file(), line: at, function: function.clone() });
    }
    let same = |key: &str, wanted: &[String]| declaration.list(key).unwrap_or_default() == wanted;
    let kept = [
        (
            "revision",
            header.revision.as_deref().is_none_or(|wanted| declaration.text("revision") == Some(wanted)),
        ),
        ("parents", header.parents.as_ref().is_none_or(|wanted| declaration.list("parents") == Some(wanted))),
        ("depends_on", header.depends_on.is_empty() || same("depends_on", &header.depends_on)),
        ("labels", header.labels.is_empty() || same("labels", &header.labels)),
        ("description", header.description.is_none() || declaration.has("description")),
        (
            "database",
            header.database.as_deref().is_none_or(|wanted| declaration.text("database") == Some(wanted)),
        ),
    ];
    dropped(own, header, at, &kept)
}

fn sql(own: &OwnTemplate, text: &str, header: &FileHeader, line: Line<'_>) -> Result<(), TemplateError> {
    let read = SqlFile::parse(text).map_err(|error| TemplateError::NotSql {
        file: own.path.clone(),
        line: line(error.line()),
        error,
    })?;
    let kept = [
        ("revision", header.revision.is_none() || read.revision == header.revision),
        ("parents", header.parents.is_none() || read.parents == header.parents),
        ("depends_on", header.depends_on.is_empty() || read.depends_on == header.depends_on),
        ("labels", header.labels.is_empty() || read.labels == header.labels),
        ("description", header.description.is_none() || read.description.is_some()),
        ("database", header.database.is_none() || read.database == header.database),
    ];
    dropped(own, header, 1, &kept)
}

fn dropped(
    own: &OwnTemplate,
    header: &FileHeader,
    line: usize,
    kept: &[(&str, bool)],
) -> Result<(), TemplateError> {
    let Some((key, _)) = kept.iter().find(|(_, kept)| !kept) else { return Ok(()) };
    let entry = header.entries().into_iter().find(|entry| entry.starts_with(key));
    let entry = entry.unwrap_or_else(|| (*key).to_owned());
    Err(TemplateError::Dropped { file: own.path.clone(), line, entry })
}
