//! The graph of a program that leaves migrations out.
//!
//! What follows a skipped migration by its name alone follows what comes before it. What names a skipped one in its header
//! needs it, and is refused: it would run on a database where that never did.

use std::{collections::BTreeSet, sync::Arc};

use super::{Graph, GraphError, file_of};
use crate::migration::{Dependency, Migration, Origin, Parents, RevisionId};

impl Graph {
    /// The graph of `migrations`, when none of them names one of `skipped`.
    ///
    /// # Errors
    /// [`GraphError::NamesSkipped`], and as [`build`](Self::build).
    pub fn without(migrations: Vec<Arc<Migration>>, skipped: &[Arc<Migration>]) -> Result<Self, GraphError> {
        if skipped.is_empty() {
            return Self::build(migrations);
        }
        let revisions: BTreeSet<&RevisionId> = skipped.iter().map(|migration| &migration.revision).collect();
        // Another file may carry the same origin.
        let carried = |origin: &Origin| migrations.iter().any(|other| other.origin.as_ref() == Some(origin));
        let gone = |origin: &Origin| {
            skipped.iter().any(|migration| migration.origin.as_ref() == Some(origin)) && !carried(origin)
        };
        for migration in &migrations {
            let parents = match &migration.parents {
                Parents::Of(parents) => parents.as_slice(),
                Parents::Previous | Parents::Root => &[],
            };
            let parent = parents.iter().find(|parent| revisions.contains(parent));
            let needed = migration.depends_on.iter().find(|dependency| match dependency {
                Dependency::Revision(revision) => revisions.contains(revision),
                Dependency::Origin(origin) => gone(origin),
            });
            let named = parent
                .map(|parent| ("parents", parent.to_string()))
                .or_else(|| needed.map(|needed| ("depends_on", needed.to_string())));
            if let Some((what, skipped)) = named {
                let (revision, file) = (migration.revision.clone(), file_of(migration));
                return Err(GraphError::NamesSkipped { revision, file, what, skipped });
            }
        }
        Self::build(migrations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{migrations, names};

    fn without(drawing: &str, skipped: &[&str]) -> Result<Vec<String>, String> {
        let is = |migration: &Arc<Migration>| skipped.contains(&migration.revision.as_str());
        let (gone, left): (Vec<_>, Vec<_>) = migrations(drawing).into_iter().partition(is);
        let graph = Graph::without(left, &gone).map_err(|error| error.to_string())?;
        Ok(names(graph.order()).into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn what_follows_by_name_is_passed_on_and_what_names_is_refused() {
        let table: [(&str, &[&str], Result<&str, &str>); 6] = [
            ("1_a\n2_b\n3_c", &["2_b"], Ok("1_a 3_c")),
            ("1_a\n2_b\n3_c", &["1_a", "2_b", "3_c"], Ok("")),
            ("1_a\n2_b\n3_c <- 2_b", &["2_b"], Err("`parents`")),
            ("1_a\n2_b\n3_c <- 2_b", &["2_b", "3_c"], Ok("1_a")),
            ("1_a\n2_b <- 1_a\n3_c needs 2_b in x", &["2_b"], Err("`depends_on`")),
            ("1_a from p/s\n2_b needs p/s in x", &["1_a"], Err("`p/s`")),
        ];
        for (drawing, skipped, expected) in table {
            match (without(drawing, skipped), expected) {
                (Ok(order), Ok(names)) => assert_eq!(order.join(" "), names, "{drawing}"),
                (Err(error), Err(part)) => assert!(error.contains(part), "{error}"),
                (found, _) => panic!("{drawing} without {skipped:?}: {found:?}"),
            }
        }
    }
}
