//! The layers as tables: what is set where, and what comes out.

use super::*;

#[test]
fn a_later_leaf_wins_and_its_source_with_it() {
    let leaf = |value: i64, source| Leaf { key: "server.port".to_owned(), value: value.into(), source };
    let config = Config::of_leaves([leaf(1, Source::Default), leaf(2, Source::CommandLine)]);
    assert_eq!(config.get::<u16>("server.port"), Ok(2));
    assert_eq!(config.source_of("server.port"), "command line");
}
