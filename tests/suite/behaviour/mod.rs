//! What a run refuses, what it leaves, and what it says: histories and programs that do not fit, targets that mean
//! nothing, databases that do not answer.

mod doctor;
mod follow_ups;
mod graph;
mod history;
mod hooks;
mod in_place;
mod reach;
mod script;
mod several;
mod stamp;
mod start;
