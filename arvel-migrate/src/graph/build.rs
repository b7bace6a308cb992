//! From a list of migrations to a [`Graph`], in linear time, or the reason why they are none.
//!
//! `Previous` never becomes an edge to every earlier file: the heads of the line so far are enough, because each
//! earlier file is below one of them. So a line of n files has n - 1 edges.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::{
    Edges, Graph, GraphError, Node, file_of,
    nearest::nearest,
    order::{order, without_detours},
};
use crate::migration::{Dependency, Label, LineName, Migration, Origin, Parents, RevisionId, SortKey};

impl Graph {
    /// Orders migrations and checks all that can be wrong with them.
    ///
    /// # Errors
    /// [`GraphError`]: a duplicate revision or label, an unknown parent or dependency, a self-loop, a cycle, a label
    /// that is also a revision. The same set gives the same error, whatever its order.
    pub fn build(mut migrations: Vec<Arc<Migration>>) -> Result<Graph, GraphError> {
        // What runs in place has no stamp, and the application builds on it: it goes first where nothing else is said.
        let in_folder = |migration: &Migration| !in_place(&migration.line);
        migrations.sort_by(|one, other| {
            in_folder(one)
                .cmp(&in_folder(other))
                .then_with(|| SortKey::compare(&one.stem, &other.stem))
                .then_with(|| one.revision.cmp(&other.revision))
                .then_with(|| one.line.cmp(&other.line))
                .then_with(|| file_of(one).cmp(&file_of(other)))
        });
        let draft = Draft::new(&migrations)?;
        let mut parents = draft.parents()?;
        let dependencies = draft.dependencies(&parents)?;
        let order = order(&parents, &dependencies).map_err(|cycle| draft.cycle(&cycle))?;
        let implicit = |at: usize| migrations[at].parents == Parents::Previous;
        without_detours(&mut parents, &order, implicit);
        let Draft { labels, origins, .. } = draft;
        Ok(assemble(&migrations, &order, &parents, &dependencies, &labels, &origins))
    }
}

/// The migrations by sort key, with what names them.
struct Draft<'a> {
    migrations: &'a [Arc<Migration>],
    index: HashMap<&'a str, usize>,
    labels: HashMap<&'a Label, usize>,
    origins: HashMap<&'a Origin, usize>,
    /// The revisions that published files had in place: who named them then still means them.
    in_place: HashMap<RevisionId, usize>,
}

impl<'a> Draft<'a> {
    fn new(migrations: &'a [Arc<Migration>]) -> Result<Self, GraphError> {
        let mut index = HashMap::with_capacity(migrations.len());
        let mut origins: HashMap<&Origin, usize> = HashMap::new();
        for (at, migration) in migrations.iter().enumerate() {
            if let Some(first) = index.insert(migration.revision.as_str(), at) {
                return Err(GraphError::DuplicateRevision {
                    revision: migration.revision.clone(),
                    first: file_of(&migrations[first]),
                    second: file_of(migration),
                });
            }
            if let Some(origin) = &migration.origin {
                let known = origins.entry(origin).or_insert(at);
                if in_place(&migrations[*known].line) && !in_place(&migration.line) {
                    *known = at;
                }
            }
        }
        let mut labels: HashMap<&Label, usize> = HashMap::new();
        for (at, migration) in migrations.iter().enumerate() {
            for label in &migration.labels {
                if let Some(other) = index.get(label.as_str()) {
                    return Err(GraphError::LabelIsRevision {
                        label: label.clone(),
                        revision: migration.revision.clone(),
                        file: file_of(migration),
                        other_file: file_of(&migrations[*other]),
                    });
                }
                if let Some(first) = labels.insert(label, at).filter(|first| *first != at) {
                    return Err(GraphError::DuplicateLabel {
                        label: label.clone(),
                        first: migrations[first].revision.clone(),
                        first_file: file_of(&migrations[first]),
                        second: migration.revision.clone(),
                        second_file: file_of(migration),
                    });
                }
            }
        }
        let was = |(origin, at): (&&Origin, &usize)| Some((origin.in_place().ok()?, *at));
        let in_place = origins.iter().filter_map(was).collect();
        Ok(Self { migrations, index, labels, origins, in_place })
    }

    /// The parents of each, with `Previous` resolved to the heads so far of the line.
    fn parents(&self) -> Result<Vec<Vec<usize>>, GraphError> {
        let mut ends: HashMap<&LineName, Vec<usize>> = HashMap::new();
        let mut followed = vec![false; self.migrations.len()];
        let mut all = Vec::with_capacity(self.migrations.len());
        for (at, migration) in self.migrations.iter().enumerate() {
            let ends = ends.entry(&migration.line).or_default();
            let parents = match &migration.parents {
                Parents::Previous => ends.drain(..).filter(|end| !followed[*end]).collect(),
                Parents::Root => Vec::new(),
                Parents::Of(names) => {
                    let mut parents = Vec::with_capacity(names.len());
                    for name in names {
                        let parent = self.parent(migration, name)?;
                        followed[parent] |= self.migrations[parent].line == migration.line;
                        parents.push(parent);
                    }
                    parents
                }
            };
            ends.push(at);
            all.push(tidy(parents));
        }
        Ok(all)
    }

    fn parent(&self, migration: &Migration, name: &RevisionId) -> Result<usize, GraphError> {
        if *name == migration.revision {
            return Err(self_loop(migration, "parents"));
        }
        self.named(name).ok_or_else(|| GraphError::UnknownParent {
            revision: migration.revision.clone(),
            file: file_of(migration),
            parent: name.clone(),
            nearest: self.nearest(name),
        })
    }

    fn dependencies(&self, parents: &[Vec<usize>]) -> Result<Vec<Vec<usize>>, GraphError> {
        self.migrations
            .iter()
            .zip(parents)
            .enumerate()
            .map(|(at, (migration, parents))| {
                let mut found = Vec::with_capacity(migration.depends_on.len());
                for dependency in &migration.depends_on {
                    let needed = self.dependency(migration, dependency)?;
                    if needed == at {
                        return Err(self_loop(migration, "depends_on"));
                    }
                    if !parents.contains(&needed) {
                        found.push(needed);
                    }
                }
                Ok(tidy(found))
            })
            .collect()
    }

    fn dependency(&self, migration: &Migration, dependency: &Dependency) -> Result<usize, GraphError> {
        let (revision, file) = (migration.revision.clone(), file_of(migration));
        match dependency {
            Dependency::Revision(name) => self.named(name).ok_or_else(|| GraphError::UnknownDependency {
                revision,
                file,
                dependency: name.clone(),
                nearest: self.nearest(name),
            }),
            Dependency::Origin(origin) => self
                .origins
                .get(origin)
                .copied()
                .ok_or_else(|| GraphError::UnknownOrigin { revision, file, origin: origin.clone() }),
        }
    }

    fn named(&self, name: &RevisionId) -> Option<usize> {
        self.index.get(name.as_str()).or_else(|| self.in_place.get(name)).copied()
    }

    fn nearest(&self, name: &RevisionId) -> Vec<String> {
        nearest(name.as_str(), self.migrations.iter().map(|migration| migration.revision.as_str()))
    }

    fn cycle(&self, path: &[usize]) -> GraphError {
        let migrations = || path.iter().map(|at| &self.migrations[*at]);
        GraphError::Cycle {
            path: migrations().map(|migration| migration.revision.clone()).collect(),
            files: migrations().map(|migration| file_of(migration)).collect(),
            implicit: migrations()
                .filter(|migration| migration.parents == Parents::Previous)
                .map(|migration| migration.revision.clone())
                .collect(),
        }
    }
}

/// Whether a line is that of a package whose migrations run where they are.
fn in_place(line: &LineName) -> bool {
    line.package().is_some()
}

fn self_loop(migration: &Migration, what: &'static str) -> GraphError {
    GraphError::SelfLoop { revision: migration.revision.clone(), file: file_of(migration), what }
}

fn tidy(mut edges: Vec<usize>) -> Vec<usize> {
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn assemble(
    migrations: &[Arc<Migration>],
    order: &[usize],
    parents: &[Vec<usize>],
    dependencies: &[Vec<usize>],
    labels: &HashMap<&Label, usize>,
    origins: &HashMap<&Origin, usize>,
) -> Graph {
    let mut position = vec![0; order.len()];
    for (at, old) in order.iter().enumerate() {
        position[*old] = at;
    }
    let edges = |old: &[usize]| {
        let mut at: Vec<usize> = old.iter().map(|old| position[*old]).collect();
        at.sort_unstable();
        let names = at.iter().map(|at| migrations[order[*at]].revision.clone()).collect();
        Edges { at, names }
    };
    let mut nodes: Vec<Node> = order
        .iter()
        .map(|old| Node {
            migration: Arc::clone(&migrations[*old]),
            parents: edges(&parents[*old]),
            dependencies: edges(&dependencies[*old]),
            children: Edges::default(),
            dependents: Edges::default(),
        })
        .collect();
    for (at, old) in order.iter().enumerate() {
        let name = &migrations[*old].revision;
        for parent in &parents[*old] {
            nodes[position[*parent]].children.push(at, name);
        }
        for needed in &dependencies[*old] {
            nodes[position[*needed]].dependents.push(at, name);
        }
    }
    Graph {
        index: order.iter().enumerate().map(|(at, old)| (migrations[*old].revision.clone(), at)).collect(),
        order: order.iter().map(|old| migrations[*old].revision.clone()).collect(),
        labels: labels
            .iter()
            .map(|(label, old)| ((*label).clone(), position[*old]))
            .collect::<BTreeMap<_, _>>(),
        origins: origins.iter().map(|(origin, old)| ((*origin).clone(), position[*old])).collect(),
        nodes,
    }
}

impl Edges {
    fn push(&mut self, at: usize, name: &RevisionId) {
        self.at.push(at);
        self.names.push(name.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{draw, id, migration, migrations, names};

    fn parents(graph: &Graph) -> Vec<String> {
        graph
            .order()
            .iter()
            .map(|revision| format!("{revision} <- {}", names(graph.parents(revision)).join(",")))
            .collect()
    }

    #[test]
    fn a_folder_in_which_nobody_writes_parents_is_a_line() {
        let graph = draw("20261120150000_c\n2026_11_20_143000_b\n1_a");
        assert_eq!(
            parents(&graph),
            ["1_a <- ", "2026_11_20_143000_b <- 1_a", "20261120150000_c <- 2026_11_20_143000_b"]
        );
    }

    #[test]
    fn a_file_after_a_fork_joins_it() {
        let graph = draw("1_a\n2_b <- 1_a\n3_c <- 1_a\n4_d <- root\n5_e\n6_f");
        assert_eq!(
            parents(&graph),
            ["1_a <- ", "2_b <- 1_a", "3_c <- 1_a", "4_d <- ", "5_e <- 2_b,3_c,4_d", "6_f <- 5_e"]
        );
    }

    #[test]
    fn lines_are_apart_and_ordered_together() {
        let graph = draw("1_a\n2_b in other\n3_c\n4_d in other");
        assert_eq!(parents(&graph), ["1_a <- ", "2_b <- ", "3_c <- 1_a", "4_d <- 2_b"]);
    }

    #[test]
    fn a_way_round_by_another_line_is_no_merge() {
        let graph = draw("1_a\n2_b <- 1_a in other @other\n3_c <- 2_b\n4_d");
        assert_eq!(graph.parents(&id("4_d")), [id("3_c")]);
        assert_eq!(names(&graph.branch(&Label::new("other").unwrap())), ["2_b", "3_c", "4_d"]);
    }

    #[test]
    fn a_written_parent_may_sort_later() {
        let graph = draw("1_a\n2_b <- 3_c\n3_c <- 1_a\n4_d");
        assert_eq!(parents(&graph), ["1_a <- ", "3_c <- 1_a", "2_b <- 3_c", "4_d <- 2_b"]);
    }

    #[test]
    fn dependencies_by_revision_and_by_origin() {
        let graph = draw(
            "auth_users in package:auth from auth/users
             1_users from auth/users
             2_teams in package:auth from auth/teams
             3_posts needs auth/users,auth/teams,1_users",
        );
        assert_eq!(names(graph.dependencies(&id("3_posts"))), ["2_teams"]);
        assert_eq!(names(graph.parents(&id("3_posts"))), ["1_users"]);
        assert_eq!(names(graph.dependents(&id("2_teams"))), ["3_posts"]);
        let origin = "auth/users".parse().unwrap();
        assert_eq!(graph.by_origin(&origin).unwrap().revision, id("1_users"));
    }

    #[test]
    fn who_named_what_ran_in_place_means_the_published_file() {
        let graph = draw("1_users from my-auth/users\n2_a <- my_auth_users\n3_b <- root needs my_auth_users");
        assert_eq!(graph.parents(&id("2_a")), [id("1_users")]);
        assert_eq!(graph.dependencies(&id("3_b")), [id("1_users")]);
    }

    #[test]
    fn refusals_name_files_and_hints() {
        let cases = [
            (
                "1_a\n2_b <- 1_aa",
                "graph.unknown_parent: revision `2_b` in `default/2_b.sql` has the parent `1_aa`, \
                 which no migration is; did you mean `1_a`?",
            ),
            (
                "1_create_users_table\n2_b needs create_users_table",
                "graph.unknown_dependency: revision `2_b` in `default/2_b.sql` depends on `create_users_table`, \
                 which no migration is; did you mean `1_create_users_table`?",
            ),
            (
                "1_a needs auth/users",
                "graph.unknown_origin: revision `1_a` in `default/1_a.sql` depends on `auth/users`, \
                 which is neither published nor run in place; run `db publish --package auth`, or write \
                 `migrations = \"in-place\"` under `[plugins.auth]` in `arvel.toml`",
            ),
            (
                "1_a <- 1_a",
                "graph.self_loop: revision `1_a` in `default/1_a.sql` names itself in parents; \
                 remove `1_a` from `parents` in `default/1_a.sql`",
            ),
            (
                "1_a needs 1_a",
                "graph.self_loop: revision `1_a` in `default/1_a.sql` names itself in depends_on; \
                 remove `1_a` from `depends_on` in `default/1_a.sql`",
            ),
            (
                "1_a needs a/a from a/a",
                "graph.self_loop: revision `1_a` in `default/1_a.sql` names itself in depends_on; \
                 remove `1_a` from `depends_on` in `default/1_a.sql`",
            ),
            (
                "0_r <- root\n1_a <- 3_c\n2_b <- 1_a\n3_c <- 0_r needs 2_b",
                "graph.cycle: revisions wait for each other: `1_a` -> `3_c` -> `2_b` -> `1_a`; remove one entry of \
                 `parents` or `depends_on` in `default/1_a.sql`, `default/3_c.sql`, `default/2_b.sql`",
            ),
            (
                "1_a <- 2_b\n2_b",
                "graph.cycle: revisions wait for each other: `1_a` -> `2_b` -> `1_a`; `2_b` writes no parents, so it \
                 follows everything before it in its line; write `parents` there, or remove an entry of `parents` \
                 or `depends_on` in `default/1_a.sql`, `default/2_b.sql`",
            ),
            (
                "1_a\n1_a in other",
                "graph.duplicate_revision: revision `1_a` is declared by two files: `default/1_a.sql` and \
                 `other/1_a.sql`; rename `other/1_a.sql` or give it a `revision` of its own in its header",
            ),
            (
                "1_a @x\n2_b @x",
                "graph.duplicate_label: label `x` is carried by two revisions: `1_a` in `default/1_a.sql` and `2_b` \
                 in `default/2_b.sql`; rename the label in `default/2_b.sql`",
            ),
            (
                "1_a @2_b\n2_b",
                "graph.label_is_revision: label `2_b` of revision `1_a` in `default/1_a.sql` is also the revision \
                 of `default/2_b.sql`; rename the label in `default/1_a.sql`",
            ),
        ];
        for (drawing, expected) in cases {
            let error = Graph::build(migrations(drawing)).unwrap_err();
            assert_eq!(format!("{}: {error}; {}", error.code(), error.hint()), expected);
            assert_eq!(error.exit(), arvel_core::Exit::GRAPH);
        }
    }

    #[test]
    fn a_label_written_twice_in_one_file_is_one() {
        assert_eq!(draw("1_a @x @x").labels().count(), 1);
    }

    #[test]
    fn ten_thousand_files_have_as_many_edges() {
        let files = (0..10_000).map(|n| Arc::new(migration(&format!("{n}_step")))).collect();
        let graph = Graph::build(files).unwrap();
        let edges: usize = graph.order().iter().map(|revision| graph.parents(revision).len()).sum();
        assert_eq!((graph.len(), edges, graph.heads()), (10_000, 9_999, vec![id("9999_step")]));
    }
}
