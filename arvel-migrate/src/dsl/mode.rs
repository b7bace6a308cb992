//! How a change is made to a table that others use.

use crate::operation::{
    Algorithm, AlterMode, CheckDef, ColumnDef, ForeignKeyDef, IndexDef, LockLevel, Reference,
};

impl AlterMode {
    /// By the sequence that blocks neither readers nor writers; refused where there is none.
    pub fn online(&mut self) -> &mut Self {
        self.online = true;
        self
    }

    /// The algorithm, so that the server refuses instead of taking a slower one.
    pub fn algorithm(&mut self, algorithm: Algorithm) -> &mut Self {
        self.algorithm = Some(algorithm);
        self
    }

    /// The lock, so that the server refuses instead of taking a stronger one.
    pub fn lock(&mut self, lock: LockLevel) -> &mut Self {
        self.lock = Some(lock);
        self
    }
}

macro_rules! modes {
    ($($type:ty),*) => {$(
        impl $type {
            /// By the sequence that blocks neither readers nor writers; refused where there is none.
            pub fn online(&mut self) -> &mut Self {
                self.mode.online();
                self
            }

            /// The algorithm, so that the server refuses instead of taking a slower one.
            pub fn algorithm(&mut self, algorithm: Algorithm) -> &mut Self {
                self.mode.algorithm(algorithm);
                self
            }

            /// The lock, so that the server refuses instead of taking a stronger one.
            pub fn lock(&mut self, lock: LockLevel) -> &mut Self {
                self.mode.lock(lock);
                self
            }
        }
    )*};
}

modes!(ColumnDef, IndexDef, CheckDef, ForeignKeyDef, Reference);

macro_rules! not_valid {
    ($($type:ty),*) => {$(
        impl $type {
            /// Without a look at the rows that are there, until `validate_constraint(…)`.
            pub fn not_valid(&mut self) -> &mut Self {
                self.mode.not_valid = true;
                self
            }
        }
    )*};
}

not_valid!(CheckDef, ForeignKeyDef, Reference);
