//! What a migration can ask for, one folder per case, seen from both sides: as text that a reviewer reads, and on every
//! real database.
//!
//! A folder of `tests/golden` holds `1_migration.rs`, perhaps `0_before.rs` and `rows.sql`, and what each dialect makes
//! of them: `sqlite.sql`, `postgres.sql`, `mariadb.sql`, `mysql.sql`. [`golden`] holds the text, [`live`] runs the same
//! folders on the databases, [`scripted`] runs them as scripts through the databases' own clients, [`coverage`] sees to it that nothing is left out,
//! and [`random`] draws what no folder thought of.
//!
//! A program of its own: the migrations of the folders are compiled in as an application's are, and every other test
//! would find them.

#[cfg(test)]
mod asked;
#[cfg(test)]
mod case;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod coverage;
#[cfg(test)]
mod difference;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod live;
#[cfg(test)]
mod random;
#[cfg(test)]
mod render;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod scripted;
#[cfg(test)]
mod spelling;
#[cfg(test)]
mod values;
