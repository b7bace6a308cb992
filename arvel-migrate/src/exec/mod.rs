//! Runs a plan: lock, re-read, step by step, always unlock. The one place where a migration touches a database.

mod error;
mod event;
mod failure;
mod journal;
mod own_transaction;
mod packet;
mod prepare;
mod report;
mod run;
mod step;
mod steps;
mod transaction;
mod wipe;

pub use error::RunError;
pub use event::{Event, Observer, Silent};
pub use failure::{AfterFailure, Failure};
pub(crate) use own_transaction::refuse_own_transaction;
pub(crate) use prepare::{Piece, fold_forward, inspect_for};
pub use report::{RunReport, StepReport, StepState};
pub use run::RunOptions;
pub(crate) use run::{Target, run};
pub(crate) use wipe::wipe;
