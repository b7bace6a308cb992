//! Against a real SQLite: operations run, and what is there afterwards.
