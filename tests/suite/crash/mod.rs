//! Real processes that die, race and are told to stop. Each case asserts the contract, and that a plain run afterwards
//! makes everything whole.

mod interrupt;
mod kill;
mod online;
mod race;
mod rebuild;
