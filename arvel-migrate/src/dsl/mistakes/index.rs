//! Indexes and exclusions: over nothing, over a column twice, with an option of another kind.

use std::collections::BTreeSet;

use super::{DslError, Mistakes};
use crate::operation::{ExclusionDef, IndexDef, IndexKey, IndexKind};

impl Mistakes {
    pub(super) fn index(&mut self, index: &IndexDef) {
        if index.columns.is_empty() {
            self.found.push(DslError::EmptyName { table: self.table.clone(), what: "index column" });
        }
        let columns: Vec<String> = index.column_names().cloned().collect();
        self.repeated("index", &index.name, &columns);
        for part in &index.columns {
            if let IndexKey::Expression(sql) = &part.key {
                self.expression(sql, || format!("index `{}`", index.name));
            }
            if part.length == Some(0) {
                self.found.push(DslError::BadLength {
                    table: self.table.clone(),
                    column: part.text().to_owned(),
                    what: format!("a prefix of 0 characters in index `{}`", index.name),
                });
            }
        }
        if let Some(predicate) = &index.predicate {
            self.expression(predicate, || format!("`where_(…)` of index `{}`", index.name));
        }
        let unique = index.kind == IndexKind::Unique;
        let wrong = [
            (index.nulls_not_distinct && !unique, "nulls_not_distinct()", "unique keys"),
            (index.deferrable.is_some() && !unique, "deferrable()", "unique keys"),
            (
                index.language.is_some() && index.kind != IndexKind::FullText,
                "language(…)",
                "full-text indexes",
            ),
        ];
        for (_, option, needs) in wrong.into_iter().filter(|(wrong, ..)| *wrong) {
            let (table, index) = (self.table.clone(), index.name.clone());
            self.found.push(DslError::NotOfKind { table, index, option, needs });
        }
    }

    pub(super) fn exclusion(&mut self, exclusion: &ExclusionDef) {
        let whose = || format!("exclusion `{}`", exclusion.name);
        if exclusion.elements.is_empty() {
            self.expression("", whose);
        }
        for (element, operator) in &exclusion.elements {
            self.expression(element, whose);
            self.expression(operator, || {
                format!("the operator of `{element}` in exclusion `{}`", exclusion.name)
            });
        }
        if let Some(predicate) = &exclusion.predicate {
            self.expression(predicate, || format!("`where_(…)` of exclusion `{}`", exclusion.name));
        }
    }

    pub(super) fn repeated(&mut self, what: &'static str, name: &str, columns: &[String]) {
        let mut seen = BTreeSet::new();
        for column in columns.iter().filter(|column| !seen.insert(column.to_lowercase())) {
            self.found.push(DslError::RepeatedColumn {
                table: self.table.clone(),
                what,
                name: name.to_owned(),
                column: column.clone(),
            });
        }
    }
}
