//! A migrator in a process of its own, which can be killed: this test binary, started again.
