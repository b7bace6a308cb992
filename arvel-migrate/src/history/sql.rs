//! The statements of the bookkeeping tables. What differs between databases is asked of the dialect; the rest is here
//! once.

use super::{NewRow, Raise, versions};

/// The format of the tables that this program knows. A higher one is refused, a lower one upgraded.
pub const FORMAT: i64 = 1;

/// The names of the bookkeeping tables, unquoted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BookkeepingNames {
    /// The schema, when one is configured.
    pub schema: Option<String>,
    /// The prefix, `arvel`.
    pub prefix: String,
}

impl BookkeepingNames {
    /// `arvel_migrations`.
    #[must_use]
    pub fn history(&self) -> String {
        format!("{}_migrations", self.prefix)
    }
    /// `arvel_migration_meta`.
    #[must_use]
    pub fn meta(&self) -> String {
        format!("{}_migration_meta", self.prefix)
    }
    /// `arvel_migration_lock`.
    #[must_use]
    pub fn lock(&self) -> String {
        format!("{}_migration_lock", self.prefix)
    }
    /// `arvel_migration_steps`.
    #[must_use]
    pub fn steps(&self) -> String {
        format!("{}_migration_steps", self.prefix)
    }
    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        vec![self.history(), self.meta(), self.lock(), self.steps()]
    }
}

impl Default for BookkeepingNames {
    fn default() -> Self {
        Self { schema: None, prefix: "arvel".to_owned() }
    }
}

/// Who holds a lease.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// Process id and program.
    pub owner: String,
    /// The server's name for the working session, as [`BookkeepingSql::session`] answers it.
    pub session: String,
    /// The host.
    pub host: String,
    /// What it is about to do.
    pub note: String,
}

/// One entry of the journal of statements that commit by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalKey {
    /// The revision.
    pub revision: String,
    /// `up` or `down`.
    pub direction: &'static str,
    /// The statement's place in the migration, from 0.
    pub position: usize,
}

/// What the engine asks of a dialect for its own tables. Texts only; the store sends them.
pub trait BookkeepingSql: Send + Sync {
    /// The placeholder of argument `n`, from 1.
    fn placeholder(&self, n: usize) -> String;
    /// Quotes an identifier.
    fn quote(&self, identifier: &str) -> String;
    /// A text literal.
    fn text(&self, value: &str) -> String;
    /// The type of a point in time.
    fn time_type(&self) -> &'static str;
    /// The type of a text that may be longer than 64 KiB.
    fn long_text_type(&self) -> &'static str {
        "text"
    }
    /// What ends the definition of a table whose key is a text; empty for nothing.
    fn text_key_table(&self) -> &'static str {
        ""
    }
    /// The moment, in UTC, as an expression of [`time_type`](Self::time_type).
    fn now(&self) -> &'static str;
    /// A time column as ISO 8601 text in UTC.
    fn iso(&self, column: &str) -> String;
    /// Inserts a row unless its key is there.
    fn insert_or_ignore(&self, table: &str, columns: &str, values: &str) -> String;
    /// Writes `value` under `key`.
    fn upsert_meta(&self, table: &str, key: &str, value: &str) -> String;
    /// Notes the beginning of a step, where the server's own clock can tell its duration.
    fn begin_timing(&self) -> Option<String>;
    /// The milliseconds since the step began, as an expression. `client_start` is the client's clock in milliseconds
    /// since 1970, for databases in the same process.
    fn duration(&self, client_start: i64) -> String;
    /// A query that answers with a reason when a table that is not there may only be out of sight of this role.
    fn why_hidden(&self) -> Option<&'static str> {
        None
    }
    /// Bounds how long statements wait for locks, in the present session.
    fn lock_timeout(&self, milliseconds: u128) -> Option<String>;
    /// A query with a row for each bound on waits that the session has: the statement that lifts it, and the one that
    /// puts it back.
    fn bounds(&self) -> Option<&'static str> {
        None
    }
    /// A query whose one cell is `1` or `t` when the session lock was granted at once, or within a second;
    /// `None` where the lock is a file.
    fn try_lock(&self, name: &str) -> Option<String>;
    /// Releases the session lock.
    fn unlock(&self, name: &str) -> Option<String>;
    /// A query whose one cell names the present session so that [`session_alive`](Self::session_alive) finds it.
    fn session(&self) -> Option<&'static str>;
    /// A query that has a row while the session lives.
    fn session_alive(&self, session: &str) -> Option<String>;
    /// A query that makes the server cancel what the session is doing.
    fn cancel(&self, session: &str) -> Option<String>;
    /// A statement that fails on the server when the lease has another epoch; `None` where the file lock is enough.
    fn fence(&self, names: &BookkeepingNames, epoch: i64) -> Option<String>;
    /// A statement that fails when the history is not as it was read; asked first in a transaction, where needed.
    fn assert_last_seq(&self, names: &BookkeepingNames, last_seq: i64) -> Option<String>;

    /// A qualified, quoted table.
    fn table(&self, names: &BookkeepingNames, table: &str) -> String {
        match &names.schema {
            Some(schema) => format!("{}.{}", self.quote(schema), self.quote(table)),
            None => self.quote(table),
        }
    }

    /// Creates what is missing of the tables and their first rows. Running it again changes nothing.
    fn create(&self, names: &BookkeepingNames) -> Vec<String> {
        let (time, long) = (self.time_type(), self.long_text_type());
        let [history, meta, lock, steps] = [names.history(), names.meta(), names.lock(), names.steps()]
            .map(|table| self.table(names, &table));
        let key = self.quote("key");
        vec![
            format!(
                "CREATE TABLE IF NOT EXISTS {history} (revision varchar(190) NOT NULL PRIMARY KEY, \
                 seq bigint NOT NULL UNIQUE, batch int NULL, line varchar(190) NOT NULL, origin varchar(250) NULL, \
                 checksum varchar(80) NOT NULL, applied_at {time} NOT NULL, duration_ms bigint NOT NULL, \
                 stamped smallint NOT NULL, tool_version varchar(40) NOT NULL, {} {long} NULL){}",
                self.quote("undo"),
                self.text_key_table()
            ),
            format!(
                "CREATE TABLE IF NOT EXISTS {meta} ({key} varchar(60) NOT NULL PRIMARY KEY, value varchar(250) NOT NULL){}",
                self.text_key_table()
            ),
            format!(
                "CREATE TABLE IF NOT EXISTS {lock} (id int NOT NULL PRIMARY KEY, epoch bigint NOT NULL, \
                 beat bigint NOT NULL, owner varchar(190) NULL, session varchar(190) NULL, host varchar(250) NULL, \
                 started_at {time} NULL, note varchar(250) NULL)"
            ),
            format!(
                "CREATE TABLE IF NOT EXISTS {steps} (revision varchar(190) NOT NULL, direction varchar(4) NOT NULL, \
                 position int NOT NULL, statement_digest varchar(64) NOT NULL, prefix_digest varchar(64) NOT NULL, \
                 state varchar(10) NOT NULL, epoch bigint NOT NULL, started_at {time} NOT NULL, \
                 finished_at {time} NULL, error {long} NULL, PRIMARY KEY (revision, direction, position))"
            ),
            self.insert_or_ignore(&meta, &format!("{key}, value"), &format!("'format', '{FORMAT}'")),
            self.insert_or_ignore(&meta, &format!("{key}, value"), "'digest', ''"),
            self.insert_or_ignore(&lock, "id, epoch, beat", "1, 0, 0"),
        ]
    }

    /// Reads all history rows in the order of `seq`.
    fn select_history(&self, names: &BookkeepingNames) -> String {
        format!(
            "SELECT revision, seq, batch, line, origin, checksum, {} AS applied_at, duration_ms, stamped, tool_version, {} \
             FROM {} ORDER BY seq",
            self.iso("applied_at"),
            self.quote("undo"),
            self.table(names, &names.history())
        )
    }

    /// The one read of a start-up: the digest of the applied set, the number of rows, and that of begun statements.
    fn select_start(&self, names: &BookkeepingNames) -> String {
        format!(
            "SELECT (SELECT value FROM {meta} WHERE {key} = 'digest') AS digest, \
             (SELECT count(*) FROM {history}) AS applied, \
             (SELECT count(*) FROM {steps}) AS begun, \
             (SELECT value FROM {meta} WHERE {key} = 'format') AS format",
            steps = self.table(names, &names.steps()),
            meta = self.table(names, &names.meta()),
            key = self.quote("key"),
            history = self.table(names, &names.history())
        )
    }

    /// Reads the meta table.
    fn select_meta(&self, names: &BookkeepingNames) -> String {
        format!("SELECT {} AS name, value FROM {}", self.quote("key"), self.table(names, &names.meta()))
    }

    /// Writes a value of the meta table.
    fn set_meta(&self, names: &BookkeepingNames, key: &str, value: &str) -> String {
        self.upsert_meta(&self.table(names, &names.meta()), &self.text(key), &self.text(value))
    }

    /// Writes the digest of the applied set, whose row is there from the beginning.
    fn set_digest(&self, names: &BookkeepingNames, digest: &str) -> String {
        format!(
            "UPDATE {} SET value = {} WHERE {} = 'digest'",
            self.table(names, &names.meta()),
            self.text(digest),
            self.quote("key")
        )
    }

    /// Inserts a row; `duration` is an expression in milliseconds.
    fn insert_history(&self, names: &BookkeepingNames, row: &NewRow, duration: &str) -> String {
        let batch = row.batch.map_or_else(|| "NULL".to_owned(), |batch| batch.to_string());
        self.insert_history_at(names, row, (&row.seq.to_string(), &batch), duration)
    }

    /// Inserts a row whose `seq` and `batch` are expressions.
    fn insert_history_at(
        &self,
        names: &BookkeepingNames,
        row: &NewRow,
        (seq, batch): (&str, &str),
        duration: &str,
    ) -> String {
        let optional = |value: Option<String>| value.unwrap_or_else(|| "NULL".to_owned());
        format!(
            "INSERT INTO {} (revision, seq, batch, line, origin, checksum, applied_at, duration_ms, stamped, \
             tool_version, {}) VALUES ({}, {seq}, {batch}, {}, {}, {}, {}, {duration}, {}, {}, {})",
            self.table(names, &names.history()),
            self.quote("undo"),
            self.text(row.revision.as_str()),
            self.text(&row.line),
            optional(row.origin.as_deref().map(|origin| self.text(origin))),
            self.text(row.checksum.as_str()),
            self.now(),
            i32::from(row.stamped),
            self.text(&versions(row.package_version.as_ref())),
            optional(row.undo.as_deref().map(|undo| self.text(undo))),
        )
    }

    /// Notes that a row has the text of a version now; with its checksum, when nothing is missing of that. What undoes it
    /// is then the text's own.
    fn raise_history(&self, names: &BookkeepingNames, raise: &Raise) -> String {
        let text = raise.checksum.as_ref().map_or_else(String::new, |checksum| {
            format!(", checksum = {}, {} = NULL", self.text(checksum.as_str()), self.quote("undo"))
        });
        format!(
            "UPDATE {} SET tool_version = {}{text} WHERE revision = {}",
            self.table(names, &names.history()),
            self.text(&versions(Some(&raise.version))),
            self.text(raise.row.as_str())
        )
    }

    /// The number behind the highest of a column of the history, as an expression that an INSERT into it may hold.
    fn next_of(&self, names: &BookkeepingNames, column: &str) -> String {
        // MySQL takes the table only from inside another one.
        let history = self.table(names, &names.history());
        format!("(SELECT n FROM (SELECT coalesce(max({column}), 0) + 1 AS n FROM {history}) AS highest)")
    }

    /// The batch of a row, as an expression that an INSERT into the history may hold.
    fn batch_of(&self, names: &BookkeepingNames, revision: &str) -> String {
        let (history, revision) = (self.table(names, &names.history()), self.text(revision));
        format!("(SELECT n FROM (SELECT batch AS n FROM {history} WHERE revision = {revision}) AS before_it)")
    }

    /// Removes a row.
    fn delete_history(&self, names: &BookkeepingNames, revision: &str) -> String {
        format!(
            "DELETE FROM {} WHERE revision = {}",
            self.table(names, &names.history()),
            self.text(revision)
        )
    }

    /// Removes every row of history and journal.
    fn clear(&self, names: &BookkeepingNames) -> Vec<String> {
        vec![
            format!("DELETE FROM {}", self.table(names, &names.history())),
            format!("DELETE FROM {}", self.table(names, &names.steps())),
            self.set_digest(names, ""),
        ]
    }

    /// Reads the lease.
    fn select_lease(&self, names: &BookkeepingNames) -> String {
        format!(
            "SELECT epoch, beat, owner, session, host, {} AS started_at, note FROM {} WHERE id = 1",
            self.iso("started_at"),
            self.table(names, &names.lock())
        )
    }

    /// Takes the lease by compare-and-set; it changes one row, or none when somebody was faster.
    fn take_lease(&self, names: &BookkeepingNames, epoch: i64, beat: i64, owner: &Owner) -> String {
        format!(
            "UPDATE {} SET epoch = {}, beat = beat + 1, owner = {}, session = {}, host = {}, started_at = {}, \
             note = {} WHERE id = 1 AND epoch = {epoch} AND beat = {beat}",
            self.table(names, &names.lock()),
            epoch + 1,
            self.text(&owner.owner),
            self.text(&owner.session),
            self.text(&owner.host),
            self.now(),
            self.text(&owner.note),
        )
    }

    /// Gives the lease back.
    fn release_lease(&self, names: &BookkeepingNames, epoch: i64) -> String {
        format!(
            "UPDATE {} SET owner = NULL, session = NULL, note = NULL WHERE id = 1 AND epoch = {epoch}",
            self.table(names, &names.lock())
        )
    }

    /// Reads the journal, all of it or that of one revision and direction.
    fn select_steps(&self, names: &BookkeepingNames, only: Option<(&str, &str)>) -> String {
        let filter = only.map_or_else(String::new, |(revision, direction)| {
            format!(" WHERE revision = {} AND direction = {}", self.text(revision), self.text(direction))
        });
        format!(
            "SELECT revision, direction, position, statement_digest, prefix_digest, state, error FROM {}{filter} \
             ORDER BY revision, direction, position",
            self.table(names, &names.steps())
        )
    }

    /// Notes that a statement is about to run; `replaces` says that there is an entry of an earlier try.
    fn step_intent(
        &self,
        names: &BookkeepingNames,
        key: &JournalKey,
        statement_digest: &str,
        prefix_digest: &str,
        epoch: i64,
        replaces: bool,
    ) -> Vec<String> {
        let steps = self.table(names, &names.steps());
        let remove = format!("DELETE FROM {steps} WHERE {}", self.step_filter(key));
        let insert = format!(
            "INSERT INTO {steps} (revision, direction, position, statement_digest, prefix_digest, state, epoch, \
             started_at) VALUES ({}, {}, {}, {}, {}, 'running', {epoch}, {})",
            self.text(&key.revision),
            self.text(key.direction),
            key.position,
            self.text(statement_digest),
            self.text(prefix_digest),
            self.now()
        );
        replaces.then_some(remove).into_iter().chain([insert]).collect()
    }

    /// Notes how a statement ended: `done` or `failed` with the database's text.
    fn step_outcome(
        &self,
        names: &BookkeepingNames,
        key: &JournalKey,
        state: &str,
        error: Option<&str>,
    ) -> String {
        format!(
            "UPDATE {} SET state = {}, finished_at = {}, error = {} WHERE {}",
            self.table(names, &names.steps()),
            self.text(state),
            self.now(),
            error.map_or_else(|| "NULL".to_owned(), |error| self.text(error)),
            self.step_filter(key)
        )
    }

    /// Forgets the journal of a finished migration.
    fn delete_steps(&self, names: &BookkeepingNames, revision: &str) -> String {
        format!("DELETE FROM {} WHERE revision = {}", self.table(names, &names.steps()), self.text(revision))
    }

    /// The row of a journal entry.
    fn step_filter(&self, key: &JournalKey) -> String {
        format!(
            "revision = {} AND direction = {} AND position = {}",
            self.text(&key.revision),
            self.text(key.direction),
            key.position
        )
    }
}
