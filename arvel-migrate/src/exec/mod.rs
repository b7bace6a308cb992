//! Runs a plan: lock, re-read, step by step, always unlock. The one place where a migration touches a database.

mod alone;
mod batches;
mod condition;
#[cfg(test)]
mod data_tests;
mod error;
mod event;
mod failure;
mod hooks;
mod journal;
mod kept_plan;
mod own_transaction;
mod packet;
mod parent;
#[cfg(test)]
mod parent_tests;
mod prepare;
mod report;
mod run;
mod span;
mod split;
mod stamp;
mod step;
mod steps;
mod transaction;
mod waits;
mod way_back;
mod wipe;

pub use error::RunError;
pub use event::{Event, Observer, Silent};
pub use failure::{AfterFailure, FailedHook, Failure, Leftover};
pub(crate) use own_transaction::refuse_own_transaction;
pub(crate) use prepare::{Piece, fold_forward, inspect_for, pieces_from};
pub use report::{RunReport, StepReport, StepState};
pub use run::RunOptions;
pub(crate) use run::{Target, run};
pub(crate) use split::{leaves_transaction, refuse_split};
pub(crate) use stamp::{install, is_complete, stamp};
pub(crate) use way_back::valueless;
pub(crate) use wipe::{only_ours, wipe};
