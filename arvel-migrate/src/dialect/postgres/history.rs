//! The statements of the bookkeeping tables.

use crate::history::{BookkeepingNames, BookkeepingSql, NewRow};

pub(super) struct Sql;

impl BookkeepingSql for Sql {
    fn placeholder(&self, _n: usize) -> String {
        "?".to_owned()
    }
    fn create(&self, _names: &BookkeepingNames) -> Vec<String> {
        Vec::new()
    }
    fn select_history(&self, _names: &BookkeepingNames) -> String {
        String::new()
    }
    fn insert_history(&self, _names: &BookkeepingNames, _row: &NewRow, _duration: &str) -> String {
        String::new()
    }
    fn now(&self) -> &'static str {
        "CURRENT_TIMESTAMP"
    }
}
