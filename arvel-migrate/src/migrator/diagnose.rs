//! What is wrong with the set-up, and what mends it. Nothing is changed.

use super::{DatabaseIdentity, Migrator};
use crate::{
    checkup::{Circumstances, Finding, Level, Question},
    db::Db,
    dialect::ErrorKind,
    exec::{self, RunError},
    history::{Comparison, Loaded, RevisionState, store},
    migration::RevisionId,
    plan::{Conduct, PlanError},
};

impl Migrator {
    /// Looks at the database and at its history: a finding for each thing, good or bad. It never writes, and a database
    /// that can not be reached is a finding too.
    pub async fn diagnose(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut db = match self.connect_to_ask().await {
            Ok(Some(db)) => db,
            Ok(None) => {
                let text = format!("`{}` does not exist yet", self.url.database());
                findings.push(Finding::warn("database", text, "`db migrate` makes it"));
                return findings;
            }
            Err(error) => {
                let hint = error.hint().unwrap_or_else(|| "see `databases.default.url`".to_owned());
                findings.push(Finding::fail("database", error.to_string(), hint));
                return findings;
            }
        };
        let dialect = db.dialect().clone();
        let identity = DatabaseIdentity::of(&self.url, dialect.capability().display_name);
        let at = if identity.host.is_empty() { String::new() } else { format!(" on {}", identity.host) };
        findings.push(Finding::ok("database", format!("connected to `{}`{at}", identity.database)));
        let about = Circumstances { names: &self.names, remote: self.url.is_remote() };
        for question in dialect.checkup(&about) {
            findings.push(asked(&mut db, question).await);
        }
        findings.extend(self.pooler(&mut db).await);
        match store::load(db.connection(), dialect.bookkeeping(), &self.names).await {
            Ok(loaded) => {
                findings.push(self.tables(&mut db, &loaded).await);
                findings.push(self.stamp_of_the_environment(&loaded));
                findings.extend(self.states(&self.in_sight(self.compare(&loaded))));
            }
            Err(error) => {
                let hint = "update the program, or look at the rights of this role";
                findings.push(Finding::fail("bookkeeping", error.to_string(), hint));
            }
        }
        let _ = db.into_connection().close().await;
        findings
    }

    /// Whether a session stays one: a pooler in transaction mode gives it to others between two statements, and the lock
    /// with it. A second connection in a transaction takes the session that the first was given, if so.
    async fn pooler(&self, db: &mut Db) -> Option<Finding> {
        let dialect = db.dialect().clone();
        let question = dialect.bookkeeping().session()?;
        let before = session(db, question).await?;
        let (other, _) = self.driver.connect(&self.url, false).await.ok()?;
        let mut other = Db::new(other, dialect.clone());
        other.connection().execute(dialect.capability().begin).await.ok()?;
        let taken = session(&mut other, question).await;
        let after = session(db, question).await;
        let _ = other.connection().execute("ROLLBACK").await;
        let _ = other.into_connection().close().await;
        Some(judge_sessions(&before, taken.as_deref()?, after.as_deref()?))
    }

    async fn tables(&self, db: &mut Db, loaded: &Loaded) -> Finding {
        match exec::is_complete(db, &self.names, loaded).await {
            Ok(true) => Finding::ok("bookkeeping", "the migration tables are there"),
            Ok(false) if loaded.initialized => Finding::fail(
                "bookkeeping",
                "one of the migration tables is not there",
                "run `db ensure-version`",
            ),
            Ok(false) => {
                Finding::ok("bookkeeping", "no migration tables yet; the first `db migrate` makes them")
            }
            Err(error) => Finding::fail("bookkeeping", error.to_string(), "look at the rights of this role"),
        }
    }

    fn stamp_of_the_environment(&self, loaded: &Loaded) -> Finding {
        const CHECK: &str = "environment";
        let process = self.options.environment.map(|environment| environment.as_str());
        match (&loaded.environment, process) {
            (None, _) => Finding::ok(CHECK, "the database has no stamp yet; the first run writes it"),
            (Some(stamp), Some(process)) if stamp != process => Finding::warn(
                CHECK,
                format!("the database is stamped `{stamp}`, and this process runs as `{process}`"),
                format!("set `ARVEL_ENV={stamp}`, or check that this is the database that you mean"),
            ),
            (Some(stamp), _) => Finding::ok(CHECK, format!("the database is stamped `{stamp}`")),
        }
    }

    fn states(&self, comparison: &Comparison) -> Vec<Finding> {
        const CHECK: &str = "migrations";
        let mut findings = Vec::new();
        let conflict = if self.policy.missing == Conduct::Refuse { Level::Fail } else { Level::Warn };
        let half =
            |undone: bool| names(comparison.failed().filter(move |state| state.row.is_some() == undone));
        let mut judge = |level, revisions: Vec<RevisionId>, error: fn(Vec<RevisionId>) -> PlanError| {
            if !revisions.is_empty() {
                let error = error(revisions);
                let (text, hint) = (error.to_string(), Some(error.hint()));
                findings.push(Finding { check: CHECK, level, text, hint });
            }
        };
        judge(conflict, names(comparison.missing()), |revisions| PlanError::Missing { revisions });
        judge(conflict, names(comparison.changed()), |revisions| PlanError::Changed { revisions });
        judge(Level::Fail, half(false), |revisions| PlanError::Failed { revisions });
        judge(Level::Fail, half(true), |revisions| PlanError::HalfUndone { revisions });
        let (pending, late) = (comparison.pending().count(), names(comparison.late()));
        if !late.is_empty() {
            let refuses = self.policy.late == Conduct::Refuse;
            let error = PlanError::Late { revisions: late };
            findings.push(match refuses {
                true => Finding::fail(CHECK, error.to_string(), error.hint()),
                false => Finding::warn(CHECK, error.to_string(), "`db migrate` applies them, as `late`"),
            });
        } else if pending > 0 {
            findings.push(Finding::warn(CHECK, format!("{pending} pending"), "`db migrate` applies them"));
        }
        if findings.is_empty() {
            findings.push(Finding::ok(CHECK, format!("all {} applied", comparison.states().len())));
        }
        findings
    }
}

async fn asked(db: &mut Db, question: Question) -> Finding {
    match db.connection().query(&question.sql).await {
        Ok(rows) => (question.judge)(&rows),
        Err(error) => {
            // The question may have begun something.
            let _ = db.connection().execute("ROLLBACK").await;
            let busy = error.kind == ErrorKind::Retryable;
            Finding {
                check: question.check,
                level: if busy { Level::Warn } else { question.refused },
                text: RunError::database("asking the database")(error).to_string(),
                hint: busy.then(|| "somebody is at work; run it again".to_owned()),
            }
        }
    }
}

async fn session(db: &mut Db, question: &str) -> Option<String> {
    let rows = db.connection().query(question).await.ok()?;
    rows.first()?.at(0).map(str::to_owned)
}

fn judge_sessions(before: &str, taken: &str, after: &str) -> Finding {
    if before == after && before != taken {
        return Finding::ok("pooler", "the session stays the same from statement to statement");
    }
    Finding::fail(
        "pooler",
        "a pooler in transaction mode stands before the server: statements of one connection run in several sessions, \
         and the migration lock is one of a session",
        "set `databases.default.migrate_url` to the server itself, or to a port of the pooler in session mode",
    )
}

fn names<'a>(states: impl Iterator<Item = &'a RevisionState>) -> Vec<RevisionId> {
    states.map(|state| state.revision.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_that_changes_is_a_poolers() {
        assert_eq!(judge_sessions("1", "2", "1").level, Level::Ok);
        // The second connection was given the first one's session.
        assert_eq!(judge_sessions("1", "1", "2").level, Level::Fail);
        assert_eq!(judge_sessions("1", "2", "3").level, Level::Fail);
    }
}
