//! `laravel.md`: what a person who comes from Laravel looks for. The left side is the list of Laravel's methods, the
//! right side is code that compiles here, or why there is none.

#[macro_use]
mod row;
mod columns;
mod keys;
mod others;
mod schema;

use std::{collections::BTreeSet, fmt::Write as _};

use super::MADE;
use crate::dsl::Schema;
use row::{Row, Section};

/// Every public method that a migration can call, by class (Laravel 13).
const METHODS: &[(&str, &str)] = &[
    (
        "Blueprint",
        "addColumn addAlterCommands addFluentCommands after bigIncrements bigInteger binary boolean build char charset \
         collation comment computed create creating date dateTime dateTimeTz datetimes decimal double drop dropColumn \
         dropConstrainedForeignId dropConstrainedForeignIdFor dropForeign dropForeignIdFor dropFullText dropIfExists \
         dropIndex dropMorphs dropPrimary dropRememberToken dropSoftDeletes dropSoftDeletesTz dropSpatialIndex \
         dropTimestamps dropTimestampsTz dropUnique engine enum float foreign foreignId foreignIdFor foreignUlid \
         foreignUlidFor foreignUuid foreignUuidFor fullText geography geometry getAddedColumns getChangedColumns \
         getColumns getCommands getPrefix getState getTable id increments index innoDb integer integerIncrements \
         ipAddress json jsonb longText macAddress mediumIncrements mediumInteger mediumText morphs nullableMorphs \
         nullableNumericMorphs nullableTimestamps nullableTimestampsTz nullableUlidMorphs nullableUuidMorphs \
         numericMorphs primary rawColumn rawIndex rememberToken removeColumn rename renameColumn renameIndex set \
         smallIncrements smallInteger softDeletes softDeletesDatetime softDeletesTz spatialIndex string temporary text \
         time timeTz timestamp timestampTz timestamps timestampsTz tinyIncrements tinyInteger tinyText toSql tsvector \
         ulid ulidMorphs unique unsignedBigInteger unsignedInteger unsignedMediumInteger unsignedSmallInteger \
         unsignedTinyInteger uuid uuidMorphs vector vectorIndex year",
    ),
    (
        "ColumnDefinition",
        "after always autoIncrement change charset collation comment default first from fulltext generatedAs index \
         instant invisible lock nullable persisted primary spatialIndex startingValue storedAs type unique unsigned \
         useCurrent useCurrentOnUpdate using vectorIndex virtualAs",
    ),
    ("IndexDefinition", "algorithm deferrable initiallyImmediate language lock nullsNotDistinct online"),
    (
        "ForeignKeyDefinition",
        "cascadeOnDelete cascadeOnUpdate constrained deferrable initiallyImmediate lock noActionOnDelete \
         noActionOnUpdate nullOnDelete nullOnUpdate on onDelete onUpdate references restrictOnDelete restrictOnUpdate",
    ),
    (
        "Schema",
        "blueprintResolver connection create createDatabase defaultMorphKeyType defaultStringLength \
         defaultTimePrecision disableForeignKeyConstraints drop dropAllTables dropAllTypes dropAllViews dropColumns \
         dropDatabaseIfExists dropIfExists enableForeignKeyConstraints ensureExtensionExists \
         ensureVectorExtensionExists flushMacros getColumnListing getColumnType getColumns getConnection \
         getCurrentSchemaListing getCurrentSchemaName getForeignKeys getIndexListing getIndexes getSchemas \
         getTableListing getTables getTypes getViews hasColumn hasColumns hasForeignKey hasIndex hasMacro hasTable \
         hasView macro mixin morphUsingUlids morphUsingUuids parseSchemaAndTable rename table \
         whenTableDoesntHaveColumn whenTableDoesntHaveIndex whenTableHasColumn whenTableHasIndex \
         withoutForeignKeyConstraints",
    ),
];

const HEAD: &str = "\
Every method of Laravel 13's `Blueprint`, of what it returns, and of the `Schema` facade, with what is written here; then
what Rails and Alembic have beyond it. What else a method takes stands in [Writing migrations](../writing.md), what a
database makes of it in [Column types](types.md), [Column modifiers](modifiers.md),
[Indexes, keys, constraints](indexes.md) and [Tables and objects](tables.md).

The words are Laravel's in Rust's spelling. Rust has no optional arguments: where Laravel has a default length, the plain
name has it, and the name with `_of` takes one.";

const SECTIONS: &[&[Section]] = &[columns::SECTIONS, keys::SECTIONS, schema::SECTIONS, others::SECTIONS];

fn sections() -> impl Iterator<Item = &'static Section> {
    SECTIONS.iter().flat_map(|sections| *sections)
}

pub(super) fn page() -> String {
    let mut page = format!("# Coming from Laravel, Rails, Alembic\n\n{MADE}\n\n{HEAD}\n");
    for section in sections() {
        let _ = write!(page, "\n## {}\n\n| {} | here | |\n|---|---|---|\n", section.heading, section.from);
        for row in section.rows {
            let _ =
                writeln!(page, "| {} | {} | {} |", row.names(), row.written(), row.note.replace('|', "\\|"));
        }
    }
    page
}

#[test]
fn reference_answers_every_method_of_laravel_once() {
    for (class, methods) in METHODS {
        let methods: BTreeSet<&str> = methods.split_whitespace().collect();
        let mut answered = BTreeSet::new();
        for row in sections().filter(|section| section.class == *class).flat_map(|section| section.rows) {
            for name in row.theirs.split_whitespace() {
                assert!(answered.insert(name), "`{name}` of {class} is answered twice");
            }
        }
        assert_eq!(answered, methods, "of {class}");
    }
}

#[test]
fn reference_of_laravel_records_without_mistakes() {
    for Row { theirs, body, .. } in sections().flat_map(|section| section.rows) {
        if let Some(body) = body {
            assert_eq!(Schema::record(*body).errors, [], "{theirs}");
        }
    }
}
