//! The measured program: graphs in memory, `<shape> <n> <repetitions>`.
//!
//! `line`: one folder in which nobody writes parents. `ladder`: of five, one forks, one is beside it, one joins them. `lines`: ten
//! folders, each of whose migrations needs one of the folder before.

use std::{env, hint::black_box, sync::Arc};

use arvel_migrate::{
    Given,
    graph::{Graph, Target},
    history::{HistoryRow, compare},
    migration::{
        Body, Checksum, Dependency, LineName, Migration, Parents, RevisionId, SqlSection, TransactionMode,
    },
    plan,
};
use bench_sets::timed;

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let [shape, n, repetitions] = args.as_slice() else { panic!("<shape> <n> <repetitions>") };
    let (n, repetitions): (usize, usize) =
        (n.parse().expect("a number"), repetitions.parse().expect("a number"));
    let all: Vec<Arc<Migration>> = (0..n).map(|at| Arc::new(migration(shape, at))).collect();
    for _ in 0..repetitions {
        let given = all.clone();
        let graph = timed("build", || Graph::build(given).expect("a sound graph"));
        let target = Target::parse(if shape == "lines" { "heads" } else { "head" }).expect("a target");
        timed("head", || black_box(target.revisions(&graph, &[]).expect("the head")));
        let middle = Target::parse(&format!("{:07}_revis", n / 2)).expect("a target");
        timed("name", || black_box(middle.revisions(&graph, &[]).expect("a revision")));
        let nothing = compare(&graph, &[], &Checksum::of);
        let up = timed("upgrade", || {
            let target = target.for_upgrade(&graph, nothing.applied()).expect("a target");
            plan::upgrade(&graph, &nothing, &target, "sqlite").expect("a plan")
        });
        assert_eq!(up.steps.len(), n);
        let rows = rows(&graph);
        let full = timed("compare", || compare(&graph, &rows, &|_| rows[0].checksum.clone()));
        let base = Target::parse("base").expect("a target");
        let down = timed("downgrade", || {
            let target = base.for_downgrade(&graph, full.applied()).expect("a target");
            plan::downgrade(&graph, &full, &target, "sqlite").expect("a plan")
        });
        assert_eq!(down.steps.len(), n);
        let half = timed("half", || {
            let target = middle.for_downgrade(&graph, full.applied()).expect("a target");
            plan::downgrade(&graph, &full, &target, "sqlite").expect("a plan")
        });
        black_box(half.steps.len());
    }
}

fn id(at: usize) -> RevisionId {
    RevisionId::new(format!("{at:07}_revision")).expect("a revision")
}

fn migration(shape: &str, at: usize) -> Migration {
    let section = |text: String| Body::Sql(SqlSection { text: text.into(), first_line: 2 });
    let (parents, needs, line) = match (shape, at % 5) {
        ("line", _) => (Parents::Previous, Vec::new(), 0),
        ("ladder", _) if at == 0 => (Parents::Root, Vec::new(), 0),
        ("ladder", 1 | 2) => (Parents::Of(vec![id(at / 5 * 5)]), Vec::new(), 0),
        ("ladder", 3) => (Parents::Of(vec![id(at - 1), id(at - 2)]), Vec::new(), 0),
        ("ladder", _) => (Parents::Of(vec![id(at - 1)]), Vec::new(), 0),
        ("lines", _) => {
            let needed = (at % 10 != 0).then(|| Dependency::Revision(id(at - 1)));
            (Parents::Previous, needed.into_iter().collect(), at % 10)
        }
        (other, _) => panic!("no shape {other}"),
    };
    Migration {
        revision: id(at),
        stem: id(at).to_string(),
        line: LineName::new(&format!("line_{line}")),
        parents,
        depends_on: needs,
        labels: Vec::new(),
        origin: None,
        in_place: None,
        database: None,
        description: None,
        up: section(format!("CREATE TABLE t{at} (id bigint NOT NULL PRIMARY KEY)")),
        down: Some(section(format!("DROP TABLE t{at}"))),
        up_transaction: TransactionMode::PerMigration,
        down_transaction: TransactionMode::PerMigration,
        reads: Vec::new(),
        given: Given::default(),
        path: None,
        text: None,
    }
}

fn rows(graph: &Graph) -> Vec<HistoryRow> {
    let checksum = Checksum::of_text("the same");
    (1..)
        .zip(graph.iter())
        .map(|(seq, migration)| HistoryRow {
            revision: migration.revision.clone(),
            seq,
            batch: Some(1),
            line: migration.line.to_string(),
            origin: None,
            checksum: checksum.clone(),
            applied_at: String::new(),
            duration_ms: 0,
            stamped: false,
            tool_version: String::new(),
            undo: None,
        })
        .collect()
}
