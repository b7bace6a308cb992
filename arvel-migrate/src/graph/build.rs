//! From a list of migrations to a [`Graph`], in linear time, or the reason why they are none.
//!
//! `Previous` never becomes an edge to every earlier file: the heads of the line so far are enough, because each
//! earlier file is below one of them. So a line of n files has n - 1 edges.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap, HashMap},
    sync::Arc,
};

use super::{Edges, Graph, GraphError, Node, file_of, nearest::nearest};
use crate::migration::{Dependency, Label, LineName, Migration, Origin, Parents, RevisionId};

impl Graph {
    /// Orders migrations and checks all that can be wrong with them.
    ///
    /// # Errors
    /// [`GraphError`]: a duplicate revision or label, an unknown parent or dependency, a self-loop, a cycle, a label
    /// that is also a revision. The same set gives the same error, whatever its order.
    pub fn build(mut migrations: Vec<Arc<Migration>>) -> Result<Graph, GraphError> {
        migrations.sort_by_cached_key(|migration| {
            (migration.sort_key(), migration.revision.clone(), migration.line.clone(), file_of(migration))
        });
        let draft = Draft::new(&migrations)?;
        let parents = draft.parents()?;
        let dependencies = draft.dependencies(&parents)?;
        let order = order(&parents, &dependencies).map_err(|cycle| draft.cycle(&cycle))?;
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
        Ok(Self { migrations, index, labels, origins })
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
        self.index.get(name.as_str()).copied().ok_or_else(|| GraphError::UnknownParent {
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
            Dependency::Revision(name) => {
                self.index.get(name.as_str()).copied().ok_or_else(|| GraphError::UnknownDependency {
                    revision,
                    file,
                    dependency: name.clone(),
                    nearest: self.nearest(name),
                })
            }
            Dependency::Origin(origin) => self
                .origins
                .get(origin)
                .copied()
                .ok_or_else(|| GraphError::UnknownOrigin { revision, file, origin: origin.clone() }),
        }
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
    line.as_str().starts_with("package:")
}

fn self_loop(migration: &Migration, what: &'static str) -> GraphError {
    GraphError::SelfLoop { revision: migration.revision.clone(), file: file_of(migration), what }
}

fn tidy(mut edges: Vec<usize>) -> Vec<usize> {
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// A topological order, the smallest index first wherever there is a choice; else the indices of one cycle, each
/// waiting for the next.
fn order(parents: &[Vec<usize>], dependencies: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let count = parents.len();
    let mut followers = vec![Vec::new(); count];
    let mut waits = vec![0_usize; count];
    for at in 0..count {
        for needed in parents[at].iter().chain(&dependencies[at]) {
            followers[*needed].push(at);
            waits[at] += 1;
        }
    }
    let mut ready: BinaryHeap<Reverse<usize>> =
        (0..count).filter(|at| waits[*at] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(Reverse(at)) = ready.pop() {
        order.push(at);
        for follower in &followers[at] {
            waits[*follower] -= 1;
            if waits[*follower] == 0 {
                ready.push(Reverse(*follower));
            }
        }
    }
    if order.len() == count {
        return Ok(order);
    }
    // What is left waits for something that is left too: following that must come back to where it has been.
    let mut path: Vec<usize> = Vec::new();
    let mut place = vec![None; count];
    let mut next = (0..count).find(|at| waits[*at] > 0);
    while let Some(at) = next {
        if let Some(start) = place[at] {
            path.drain(..start);
            break;
        }
        place[at] = Some(path.len());
        path.push(at);
        next = parents[at].iter().chain(&dependencies[at]).copied().find(|needed| waits[*needed] > 0);
    }
    // Begin at the smallest, so that one cycle has one description.
    if let Some(smallest) = (0..path.len()).min_by_key(|i| path[*i]) {
        path.rotate_left(smallest);
    }
    Err(path)
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
