//! The script as a whole: what it is, the guard at its top, the work, and the digest at its end.

use std::time::Duration;

use super::{Base, Script, ScriptStep, Work, step::Lines};
use crate::{
    Error,
    dialect::{ScriptLine, SharedDialect},
    exec::Piece,
    graph::Graph,
    history::{BookkeepingNames, HistoryRow, NewRow, SetDigest},
    migration::{Checksum, Migration, RevisionId},
    plan::{Direction, StampPlan, Step},
};

/// Who is at fault when the guard stops the script. MySQL shows 64 characters.
const ELSEWHERE: &str = "the history is not where this script begins";
const BUSY: &str = "another migrator is at work";
const FOREIGN: &str = "the migration tables are of another format";

/// Writes a script.
pub(crate) struct Writer<'a> {
    pub(crate) dialect: SharedDialect,
    pub(crate) names: &'a BookkeepingNames,
    pub(crate) graph: &'a Graph,
    /// What the database remembers by, for the lock.
    pub(crate) lock: String,
    pub(crate) lock_wait: Duration,
    pub(crate) environment: Option<&'a str>,
    pub(crate) batch_per_step: bool,
    /// What it does, in words.
    pub(crate) title: String,
    /// What is to be said about it beforehand.
    pub(crate) notes: Vec<String>,
}

impl Writer<'_> {
    /// The script that does the work where the base is.
    ///
    /// # Errors
    /// What can not be said without a connection, or not in this dialect.
    pub(crate) fn write(&self, base: Base, from: Vec<RevisionId>, work: Work) -> Result<Script, Error> {
        let mut lines = Lines::new(&*self.dialect, self.lock_wait.as_millis());
        let rows = base.rows.clone();
        let mut walk = Walk {
            digest: SetDigest::of(rows.iter().map(|row| (row.identity(), &row.checksum))),
            base,
            next: rows.is_empty().then_some(1),
            before: None,
            notes: self.notes.clone(),
        };
        let mut steps = Vec::new();
        let (mut removed, mut added) = (Vec::new(), Vec::new());
        let installs = matches!(work, Work::Tables);
        let purges = matches!(work, Work::Stamp { purge: true, .. });
        match work {
            Work::Steps(work) => {
                for (at, step) in work.iter().enumerate() {
                    let number = format!("[{}/{}]", at + 1, work.len());
                    steps.push(self.step(&mut lines, &mut walk, step, &number)?);
                }
            }
            Work::Stamp { plan, purge } => {
                self.stamp(&mut lines, &mut walk, &plan, purge);
                (removed, added) = (plan.remove, plan.add);
            }
            Work::Tables => {}
        }
        let client = self.dialect.client();
        let mut script = Script {
            text: String::new(),
            lines: Vec::new(),
            server: client.server(),
            run_with: client.run_with(),
            from,
            steps,
            removed,
            added,
            purges,
            installs,
            notes: walk.notes,
        };
        let empty = script.is_empty();
        script.lines = self.head(&script);
        if !empty {
            script.lines.extend(self.guard((!purges && !installs).then_some(&rows)));
            script.lines.append(&mut lines.out);
        }
        if !empty && !installs {
            let end = self.dialect.bookkeeping().set_digest(self.names, &walk.digest.text());
            script.lines.push(ScriptLine::Comment("what a start of the program compares".to_owned()));
            script.lines.push(ScriptLine::Statement(end));
        }
        script.text = text(&*self.dialect, &script.lines);
        Ok(script)
    }

    fn head(&self, script: &Script) -> Vec<ScriptLine> {
        let version = env!("CARGO_PKG_VERSION");
        let place = match script.from.as_slice() {
            [] => "nothing is applied".to_owned(),
            from => {
                let names: Vec<&str> = from.iter().map(RevisionId::as_str).collect();
                format!("{} and what it needs is applied, and nothing else", names.join(" and "))
            }
        };
        let mut head = vec![
            format!("{} for {}", self.title, script.server),
            format!("written by arvel {version} without a connection; nothing has run"),
        ];
        if script.is_empty() {
            head.push("there is nothing to do".to_owned());
        } else {
            head.push(format!("run it with: {}", script.run_with));
            head.push(match (script.installs, script.purges) {
                (true, _) => "it makes what is missing of the tables, and may be run again".to_owned(),
                (_, true) => "every row of the history goes first, whatever it is".to_owned(),
                _ => format!("it changes nothing and stops unless {place}"),
            });
        }
        head.extend(script.notes.iter().map(|note| format!("note: {note}")));
        head.into_iter().map(ScriptLine::Comment).collect()
    }

    /// The session, the lock where it can be said, the tables, and the question whether this is the place; without
    /// rows any place is.
    fn guard(&self, rows: Option<&Vec<HistoryRow>>) -> Vec<ScriptLine> {
        let (sql, names) = (self.dialect.bookkeeping(), self.names);
        let mut lines = Lines::new(&*self.dialect, self.lock_wait.as_millis());
        lines.out = self.dialect.client().opening(self.lock_wait);
        lines.comment(if rows.is_some() {
            "where the history must be"
        } else {
            "the tables of the migrations"
        });
        if self.dialect.capability().transactional_ddl {
            lines.begin();
        }
        if let Some(lock) = sql.try_lock(&self.lock) {
            lines.require(&format!("({lock})"), BUSY);
        }
        if rows.is_none_or(Vec::is_empty) {
            lines.statements(sql.create(names));
        }
        match rows {
            Some(rows) => lines.require(&self.place(rows), ELSEWHERE),
            None => lines.require(&self.format(), FOREIGN),
        }
        if let Some(environment) = self.environment {
            let meta = sql.table(names, &names.meta());
            let values = format!("'environment', {}", sql.text(environment));
            lines.statement(sql.insert_or_ignore(&meta, &format!("{}, value", sql.quote("key")), &values));
        }
        if rows.is_some() {
            lines.statement(sql.set_digest(names, ""));
        }
        lines.commit();
        lines.out
    }

    /// Holds when exactly these rows are there, as these files were, and nothing is half done.
    fn place(&self, rows: &[HistoryRow]) -> String {
        let (sql, names) = (self.dialect.bookkeeping(), self.names);
        let history = sql.table(names, &names.history());
        let mut place = vec![format!("(SELECT count(*) FROM {history}) = {}", rows.len())];
        if !rows.is_empty() {
            let known =
                rows.iter().map(|row| sql.text(&format!("{} {}", row.revision, row.checksum.as_str())));
            place.push(format!(
                "(SELECT count(*) FROM {history} WHERE revision || ' ' || checksum IN ({})) = {}",
                known.collect::<Vec<_>>().join(", "),
                rows.len()
            ));
        }
        place.push(format!("(SELECT count(*) FROM {}) = 0", sql.table(names, &names.steps())));
        place.push(self.format());
        place.join(" AND ")
    }

    /// Holds when the tables are as this program knows them.
    fn format(&self) -> String {
        let (sql, names) = (self.dialect.bookkeeping(), self.names);
        format!(
            "(SELECT value FROM {} WHERE {} = 'format') = '{}'",
            sql.table(names, &names.meta()),
            sql.quote("key"),
            crate::history::FORMAT
        )
    }

    fn step(
        &self,
        lines: &mut Lines<'_>,
        walk: &mut Walk,
        step: &Step,
        number: &str,
    ) -> Result<ScriptStep, Error> {
        let compiled = walk.base.step(step)?;
        lines.comment(format!("{number} {} ({})", step.revision, step.direction.as_str()));
        if let Some(reason) = step.irreversible() {
            lines.comment(format!("no way back: {reason}"));
        }
        if compiled.undo_is_unknown {
            let note = format!(
                "the way back of `{}` is not kept: what it changes is not known here; a rollback needs a `down`",
                step.revision
            );
            lines.comment(&note);
            walk.notes.push(note);
        }
        let record = match (step.direction, &step.migration) {
            (Direction::Up, Some(migration)) => {
                let row = NewRow { undo: compiled.undo.clone(), ..new_row(migration) };
                walk.digest.add(row.identity(), &row.checksum);
                self.insert(&row, walk)
            }
            _ => {
                if let Some(at) = walk.base.rows.iter().position(|row| row.revision == step.revision) {
                    let row = walk.base.rows.remove(at);
                    walk.digest.remove(row.identity(), &row.checksum);
                }
                self.dialect.bookkeeping().delete_history(self.names, step.revision.as_str())
            }
        };
        lines.step(step, &compiled, record);
        let statements = compiled.pieces.into_iter().filter_map(|piece| match piece {
            Piece::Statement(statement) => Some(statement.sql),
            _ => None,
        });
        Ok(ScriptStep {
            revision: step.revision.clone(),
            direction: step.direction,
            statements: statements.collect(),
        })
    }

    /// The row of an applied revision: behind all that are there, in the batch of the script.
    fn insert(&self, row: &NewRow, walk: &mut Walk) -> String {
        let (sql, names) = (self.dialect.bookkeeping(), self.names);
        let seq = self.seq(walk);
        let batch = match (&walk.before, self.batch_per_step) {
            // Each has a batch of its own, and began with nothing: its place and its batch are one number.
            (_, true) if walk.next.is_some() => seq.clone(),
            (_, false) if walk.next.is_some() => "1".to_owned(),
            (Some(before), false) => sql.batch_of(names, before.as_str()),
            _ => sql.next_of(names, "batch"),
        };
        walk.before = Some(row.revision.clone());
        let duration = match self.dialect.capability().file_database {
            // It is counted from a moment of the client's.
            true => "0".to_owned(),
            false => sql.duration(0),
        };
        sql.insert_history_at(names, row, (&seq, &batch), &duration)
    }

    /// The place behind all rows: a number where the script began with none.
    fn seq(&self, walk: &mut Walk) -> String {
        match &mut walk.next {
            Some(next) => {
                let seq = next.to_string();
                *next += 1;
                seq
            }
            None => self.dialect.bookkeeping().next_of(self.names, "seq"),
        }
    }

    /// The rows of a stamp, in one transaction on every database.
    fn stamp(&self, lines: &mut Lines<'_>, walk: &mut Walk, plan: &StampPlan, purge: bool) {
        let (sql, names) = (self.dialect.bookkeeping(), self.names);
        lines.comment("rows only; no migration is run");
        lines.begin();
        if purge {
            lines.statements(sql.clear(names));
        }
        for revision in &plan.remove {
            if let Some(row) = walk.base.rows.iter().find(|row| &row.revision == revision) {
                walk.digest.remove(row.identity(), &row.checksum);
            }
            lines.statement(sql.delete_history(names, revision.as_str()));
        }
        for migration in plan.add.iter().filter_map(|revision| self.graph.get(revision)) {
            let row = NewRow { stamped: true, ..new_row(migration) };
            walk.digest.add(row.identity(), &row.checksum);
            let seq = self.seq(walk);
            lines.statement(sql.insert_history_at(names, &row, (&seq, "NULL"), "0"));
        }
        lines.commit();
    }
}

/// Where the writing is.
struct Walk {
    base: Base,
    digest: SetDigest,
    /// The next place in the history, where it is a number.
    next: Option<i64>,
    /// The last revision whose row was written.
    before: Option<RevisionId>,
    notes: Vec<String>,
}

/// The row of a migration, without its place.
fn new_row(migration: &Migration) -> NewRow {
    NewRow {
        revision: migration.revision.clone(),
        seq: 0,
        batch: None,
        line: migration.line.to_string(),
        origin: migration.origin.as_ref().map(ToString::to_string),
        checksum: Checksum::of(migration),
        stamped: false,
        undo: None,
        package_version: migration.in_place.as_ref().map(|of| of.version.clone()),
    }
}

/// The lines as the client reads them.
fn text(dialect: &dyn crate::dialect::Dialect, lines: &[ScriptLine]) -> String {
    let mut text = String::new();
    let mut after_statement = false;
    for line in lines {
        match line {
            ScriptLine::Comment(comment) => {
                if after_statement {
                    text.push('\n');
                }
                for line in comment.lines() {
                    text.push_str(&format!("-- {line}\n"));
                }
            }
            ScriptLine::Client(command) => {
                text.push_str(command);
                text.push('\n');
            }
            ScriptLine::Statement(sql) => {
                text.push_str(&dialect.client().ended(sql));
                text.push('\n');
            }
        }
        after_statement = matches!(line, ScriptLine::Statement(_));
    }
    text
}
