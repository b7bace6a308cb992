//! Procedural macros of Arvel: `derive(Model)` and `derive(ColumnEnum)` will live here; nothing else does.
