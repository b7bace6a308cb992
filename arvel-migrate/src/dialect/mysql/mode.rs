//! How a change is made while others use the table: the words `ALGORITHM` and `LOCK`, said so that the server refuses
//! instead of taking a slower way or a stronger lock.
//!
//! `online()` is the least that blocks neither readers nor writers: MySQL `INSTANT` where a change of its kind can be,
//! else `INPLACE` without a lock ("Online DDL Operations"); MariaDB `NOCOPY` for indexes and `INPLACE` for columns, which
//! there takes a cheaper way by itself ("InnoDB Online DDL Overview"). A new table is nobody's yet: in a CREATE the words
//! say nothing.

use crate::operation::{Algorithm, AlterMode, ColumnDef, IndexKind, LockLevel, Position, TableChange};

use super::{facts::Facts, shape::Refusal};

/// What one ALTER says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mode {
    pub algorithm: Option<Algorithm>,
    pub lock: Option<LockLevel>,
}

/// What a change asks for; changes of different modes do not share a statement.
pub(super) fn of(facts: &Facts, change: &TableChange) -> Result<Mode, Refusal> {
    let (asked, name) = match change {
        TableChange::AddColumn(def) | TableChange::ChangeColumn(def) => (def.mode, &def.name),
        TableChange::AddIndex(def) => (def.mode, &def.name),
        TableChange::DropIndex { name, mode, .. } => (*mode, name),
        TableChange::AddForeignKey(def) => (def.mode, &def.name),
        TableChange::AddCheck(def) => (def.mode, &def.name),
        _ => return Ok(Mode::default()),
    };
    let mode = match asked.online {
        false => Mode { algorithm: asked.algorithm, lock: asked.lock },
        true => online(facts, change, asked, name)?,
    };
    possible(facts, mode, name)
}

/// The words of a mode, each a clause of its own.
pub(super) fn clauses(mode: Mode) -> Vec<String> {
    let algorithm = mode.algorithm.map(|algorithm| match algorithm {
        Algorithm::Instant => "INSTANT",
        Algorithm::NoCopy => "NOCOPY",
        Algorithm::InPlace => "INPLACE",
        Algorithm::Copy => "COPY",
    });
    let lock = mode.lock.map(|lock| match lock {
        LockLevel::None => "NONE",
        LockLevel::Shared => "SHARED",
        LockLevel::Exclusive => "EXCLUSIVE",
    });
    let algorithm = algorithm.map(|word| format!("ALGORITHM = {word}"));
    algorithm.into_iter().chain(lock.map(|word| format!("LOCK = {word}"))).collect()
}

fn online(facts: &Facts, change: &TableChange, asked: AlterMode, name: &str) -> Result<Mode, Refusal> {
    if asked.algorithm == Some(Algorithm::Copy) || asked.lock.is_some_and(|lock| lock != LockLevel::None) {
        let reason = format!("`{name}` is asked for online, and by a way that keeps writers out");
        return Err(Refusal::new(reason, "take one of the two away"));
    }
    let algorithm = match change {
        TableChange::AddColumn(def) => Some(add_column(facts, def)?),
        TableChange::AddIndex(def) if matches!(def.kind, IndexKind::Index | IndexKind::Unique) => None,
        TableChange::AddIndex(def) => {
            let reason = format!("index `{}` is of a kind whose building keeps writers out", def.name);
            return Err(Refusal::new(
                reason,
                "use `algorithm(InPlace)` with `lock(Shared)`, when it is quiet",
            ));
        }
        TableChange::DropIndex { .. } => None,
        _ => Some(Algorithm::InPlace),
    };
    let least = if facts.algorithms.no_copy { Algorithm::NoCopy } else { Algorithm::InPlace };
    let algorithm = asked.algorithm.unwrap_or(algorithm.unwrap_or(least));
    let silent = algorithm == Algorithm::Instant && !facts.algorithms.instant_takes_lock;
    Ok(Mode { algorithm: Some(algorithm), lock: (!silent).then_some(LockLevel::None) })
}

fn add_column(facts: &Facts, def: &ColumnDef) -> Result<Algorithm, Refusal> {
    let stored = def.generated.as_ref().is_some_and(|generated| generated.stored);
    if stored || def.auto_increment {
        let what = if stored { "kept in the rows" } else { "counted for the rows that are there" };
        let reason = format!("the values of column `{}` are {what}: the table is copied", def.name);
        return Err(Refusal::new(reason, "add it when it is quiet, without `online()`"));
    }
    let last = !matches!(def.position, Some(Position::First | Position::After(_)));
    let instant = facts.algorithms.instant && (last || facts.algorithms.instant_anywhere);
    Ok(match instant && !facts.algorithms.in_place_is_the_least {
        true => Algorithm::Instant,
        false => Algorithm::InPlace,
    })
}

fn possible(facts: &Facts, mode: Mode, name: &str) -> Result<Mode, Refusal> {
    let has = match mode.algorithm {
        Some(Algorithm::Instant) => facts.algorithms.instant,
        Some(Algorithm::NoCopy) => facts.algorithms.no_copy,
        Some(Algorithm::InPlace | Algorithm::Copy) | None => true,
    };
    if !has {
        return Err(Refusal::new(
            format!("`{name}`: this server does not have the algorithm"),
            "use `algorithm(InPlace)`",
        ));
    }
    if mode.algorithm == Some(Algorithm::Instant)
        && mode.lock.is_some()
        && !facts.algorithms.instant_takes_lock
    {
        return Err(Refusal::new(
            format!("`{name}`: a change by `Instant` takes no lock, and the server wants none said"),
            "take `lock(…)` away",
        ));
    }
    Ok(mode)
}
