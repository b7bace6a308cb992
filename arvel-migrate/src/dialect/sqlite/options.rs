//! What a table is beyond its columns and keys: STRICT, WITHOUT ROWID, temporary.
//!
//! A table that is there becomes STRICT or WITHOUT ROWID by a rebuild, which fails when a row does not fit, and stops
//! being so by another one.

use super::{
    compile::{self, Context},
    edit::Edit,
    types,
};
use crate::{
    dialect::CompileError,
    operation::{TableDef, TableOptions},
};

/// What stands between `CREATE` and `TABLE`, and what stands behind the parenthesis.
pub(super) fn of_create(
    context: &Context<'_>,
    table: &TableDef,
) -> Result<(&'static str, String), CompileError> {
    let options = &table.options;
    let counts = table.columns.iter().any(|column| column.auto_increment);
    let (strict, without_rowid) = (options.strict == Some(true), options.without_rowid == Some(true));
    if without_rowid && counts {
        return Err(counting(context));
    }
    if without_rowid && table.primary_key.is_none() {
        return Err(keyless(context, "add a primary key"));
    }
    let other = table.foreign_keys.iter().find(|key| !compile::same_table(&key.references, &table.name));
    if let Some(key) = other.filter(|_| options.temporary) {
        return Err(context.unsupported(
            &format!("the parents of a temporary table are temporary, and `{}` may not be", key.references),
            "leave the foreign key out",
        ));
    }
    let before = if options.temporary { "TEMPORARY " } else { "" };
    let words = [(strict, "STRICT"), (without_rowid, "WITHOUT ROWID")];
    let words: Vec<&str> = words.into_iter().filter(|(said, _)| *said).map(|(_, word)| word).collect();
    let behind = if words.is_empty() { String::new() } else { format!(" {}", words.join(", ")) };
    Ok((before, behind))
}

/// A row that has no number can not count.
fn counting(context: &Context<'_>) -> CompileError {
    context.unsupported(
        "a key that counts up is the number of its row, and a table WITHOUT ROWID has none",
        "leave `without_rowid` out, or make another column the primary key",
    )
}

/// The refusal of a table WITHOUT ROWID that has no primary key.
pub(super) fn keyless(context: &Context<'_>, alternative: &str) -> CompileError {
    context.unsupported("a table WITHOUT ROWID needs a primary key", alternative)
}

impl Edit<'_> {
    /// Options that a table takes on.
    pub(super) fn change_options(&mut self, options: &TableOptions) -> Result<(), CompileError> {
        if options.temporary {
            return Err(self.context.unsupported(
                "a table that is there can not become temporary",
                "create a temporary table, and fill it from this one",
            ));
        }
        let definition = &mut self.shape.definition;
        if options.without_rowid == Some(true) && definition.auto_increment() {
            return Err(counting(self.context));
        }
        if options.strict == Some(true) && !definition.option("strict") {
            for item in &mut definition.items {
                let Some(head) = &mut item.column else { continue };
                let Some(text) = types::as_strict(&head.type_text) else {
                    return Err(self.context.unsupported(
                        &format!(
                            "column `{}` has the type `{}`, which a STRICT table does not know",
                            head.name, head.type_text
                        ),
                        "change the column in the same `schema.table`",
                    ));
                };
                if head.type_text != text {
                    head.type_text = text;
                    item.refresh();
                }
            }
            definition.add_option("STRICT");
        }
        if options.without_rowid == Some(true) && !definition.option("rowid") {
            definition.add_option("WITHOUT ROWID");
        }
        let gone = [(options.strict, "STRICT"), (options.without_rowid, "WITHOUT ROWID")];
        for (_, words) in gone.into_iter().filter(|(said, _)| *said == Some(false)) {
            definition.remove_option(words);
        }
        Ok(())
    }
}
