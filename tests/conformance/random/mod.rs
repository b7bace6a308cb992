//! Random operations on real databases: what is folded is what is inspected after each one, one that is refused leaves
//! everything as it was, no row is lost on the way, and the way back leads back, step by step.
//!
//! `ARVEL_TEST_RANDOM_SEEDS=17` runs one sequence, `ARVEL_TEST_RANDOM_SEEDS=1..500` all of them from 1 to 500. A sequence that fails
//! is made as short as it gets, and shown; the run ends behind three of them, or as many as `ARVEL_RANDOM_FAILURES` says.

mod dice;
mod draw;
mod draw_column;
mod draw_index;
mod draw_key;
mod draw_object;
mod draw_part;
mod run;
mod shrink;
mod world;

use std::collections::BTreeMap;

use arvel_migrate::{
    dialect::Support,
    operation::{Feature, canonical_text},
    testing::Engine,
};

use draw::Draw;
use world::World;

/// How many sequences run when nobody says.
const FEW: u64 = 40;

/// How many operations are drawn for a sequence.
const LENGTH: usize = 7;

fn seeds() -> Vec<u64> {
    let Ok(text) = std::env::var("ARVEL_TEST_RANDOM_SEEDS") else { return (1..=FEW).collect() };
    let number =
        |text: &str| text.trim().parse::<u64>().expect("ARVEL_TEST_RANDOM_SEEDS is `17` or `1..500`");
    match text.split_once("..") {
        Some((from, to)) => (number(from)..=number(to)).collect(),
        None => vec![number(&text)],
    }
}

#[tokio::test]
async fn random_operations_on_sqlite() {
    run_on(Engine::SQLITE).await;
}

#[tokio::test]
async fn random_operations_on_postgres() {
    run_on(Engine::POSTGRES).await;
}

#[tokio::test]
async fn random_operations_on_mariadb() {
    run_on(Engine::MYSQL).await;
}

async fn run_on(engine: Engine) {
    let Some(mut world) = World::open(engine).await else { return };
    let seeds = seeds();
    let (mut worked, mut refused, mut undone) = (0, 0, 0);
    let mut seen: BTreeMap<Feature, usize> = BTreeMap::new();
    let mut refusals: BTreeMap<String, usize> = BTreeMap::new();
    let mut failures: Vec<String> = Vec::new();
    let most = std::env::var("ARVEL_RANDOM_FAILURES").ok().and_then(|most| most.parse().ok()).unwrap_or(3);
    println!("seeds {:?}..={:?} on {}", seeds.first(), seeds.last(), engine.family);
    for seed in &seeds {
        let mut draw = Draw::new(*seed, world.dialect.clone());
        let mut left = LENGTH;
        // KNOWN: definitions of indexes that hold the table's name, checks of a column alone.
        let by_hand = seed % 3 == 0 && engine == Engine::SQLITE;
        let next = |schema: &_| {
            left = left.checked_sub(1)?;
            Some(draw.operation(schema))
        };
        match Box::pin(run::sequence(&mut world, by_hand, next)).await {
            Ok(told) => {
                worked += told.worked;
                refused += told.refused;
                undone += told.undone;
                told.features.iter().for_each(|feature| *seen.entry(*feature).or_default() += 1);
                told.refusals.into_iter().for_each(|text| *refusals.entry(text).or_default() += 1);
            }
            Err(failure) => {
                let least = Box::pin(shrink::least(&mut world, failure)).await;
                failures.push(format!(
                    "seed {seed} on {}: {}\n\nthe shortest sequence that fails{}:\n{}",
                    engine.family,
                    least.what,
                    if least.by_hand { ", on the tables made by hand" } else { "" },
                    canonical_text(&least.operations)
                ));
                if failures.len() == most {
                    break;
                }
            }
        }
    }
    if std::env::var_os("ARVEL_RANDOM_TELL").is_some() {
        let missing = never_drawn(&world, &seen);
        println!("{worked} worked, {refused} refused, {undone} undone\n{refusals:#?}\n{seen:#?}");
        println!("never drawn: {missing:?}");
    }
    world.close().await;
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    assert!(worked > refused, "{worked} worked, {refused} refused: {refusals:#?}");
    assert!(undone * 2 > worked, "{worked} worked, {undone} undone");
    if seeds.len() >= 500 {
        let missing = never_drawn(&world, &seen);
        assert_eq!(missing, [""; 0], "supported and never drawn");
    }
}

fn never_drawn(world: &World, seen: &BTreeMap<Feature, usize>) -> Vec<&'static str> {
    let name = world.dialect.capability().display_name;
    let features = Feature::ALL.iter().flat_map(|(_, features)| *features);
    features
        .filter(|feature| world.dialect.support(**feature) == Support::Yes && !seen.contains_key(feature))
        .map(|feature| feature.word())
        .filter(|word| !NOT_DRAWN.iter().any(|(of, known, _)| *of == name && known == word))
        .collect()
}

/// What is left to the folders of `tests/golden`: the database, the word, and why.
const NOT_DRAWN: &[(&str, &str, &str)] = &[
    ("PostgreSQL", "geometry", POSTGIS),
    ("PostgreSQL", "geography", POSTGIS),
    ("PostgreSQL", "spatial_index", POSTGIS),
    ("PostgreSQL", "vector", PGVECTOR),
    ("PostgreSQL", "vector_index", PGVECTOR),
    ("PostgreSQL", "citext", CONTRIB),
    ("PostgreSQL", "hstore", CONTRIB),
    ("PostgreSQL", "ltree", CONTRIB),
    ("PostgreSQL", "create_extension", CONTRIB),
    ("MariaDB", "parameter", "InnoDB refuses that of an index, and a parser of texts is a plugin"),
];

const POSTGIS: &str = "it needs PostGIS, which is not on every server";
const PGVECTOR: &str = "it needs pgvector, which is not on every server";
const CONTRIB: &str = "it needs an extension that an administrator installs, which is not on every server";
