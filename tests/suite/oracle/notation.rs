//! The notation of `tests/oracle/tables.txt`, read into our own Blueprint. The other reader is `sqlalchemy_tables.py`.

use arvel_migrate::{
    dsl::{Blueprint, Schema},
    operation::ForeignKeyAction,
};

const TABLES: &str = include_str!("../../oracle/tables.txt");

/// A table and its lines.
type Block = (&'static str, Vec<&'static str>);

fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in TABLES.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        match (line.strip_prefix("  "), blocks.last_mut()) {
            (None, _) => blocks.push((line, Vec::new())),
            (Some(line), Some((_, lines))) => lines.push(line),
            (Some(line), None) => panic!("`{line}` belongs to no table"),
        }
    }
    blocks
}

/// How many tables there are.
pub(super) fn count() -> usize {
    blocks().len()
}

/// All tables, as a migration.
pub(super) fn up(schema: &mut Schema) {
    for (name, lines) in blocks() {
        schema.create(name, |table| {
            for line in lines {
                match line.strip_prefix("= ") {
                    Some(line) => of_table(table, line),
                    None => column(table, line),
                }
            }
        });
    }
}

fn of_table(table: &mut Blueprint, line: &str) {
    let (word, rest) = line.split_once(' ').expect("a word and its arguments");
    let names: Vec<&str> = rest.split(',').collect();
    match word {
        "index" => {
            table.index(&names[..]);
        }
        "unique" => {
            table.unique(&names[..]);
        }
        "primary" => {
            table.primary(&names[..]);
        }
        "check" => {
            let (name, expression) = rest.split_once(' ').expect("a name and an expression");
            table.check(name, expression);
        }
        other => panic!("`{other}` is not in the notation"),
    }
}

fn column(table: &mut Blueprint, line: &str) {
    let mut words = line.split_whitespace();
    let name = words.next().expect("a name");
    let number = |words: &mut dyn Iterator<Item = &str>| -> u32 {
        words.next().and_then(|word| word.parse().ok()).expect("a number")
    };
    let mut parent = None;
    let def = match words.next().expect("a type") {
        "id" => {
            table.big_increments(name);
            return;
        }
        "ref" => {
            parent = words.next();
            table.foreign_id(name)
        }
        "string" => table.string_of(name, number(&mut words)),
        "char" => table.char(name, number(&mut words)),
        "decimal" => {
            let (precision, scale) = (number(&mut words), number(&mut words));
            table.decimal(name, precision.try_into().expect("small"), scale.try_into().expect("small"))
        }
        "enumeration" => {
            let values: Vec<&str> = words.next().expect("values").split(',').collect();
            table.enumeration(name, &values)
        }
        "text" => table.text(name),
        "boolean" => table.boolean(name),
        "small_integer" => table.small_integer(name),
        "integer" => table.integer(name),
        "big_integer" => table.big_integer(name),
        "double" => table.double(name),
        "date" => table.date(name),
        "time" => table.time(name),
        "date_time" => table.date_time(name),
        "timestamp" => table.timestamp(name),
        "json" => table.json(name),
        "uuid" => table.uuid(name),
        "binary" => table.binary(name),
        other => panic!("`{other}` is not in the notation"),
    };
    let mut action = None;
    for word in words {
        match word {
            "null" => {
                def.nullable();
            }
            "primary" => {
                def.primary();
            }
            "unique" => {
                def.unique();
            }
            "now" => {
                def.use_current();
            }
            "cascade" => action = Some(ForeignKeyAction::Cascade),
            "restrict" => action = Some(ForeignKeyAction::Restrict),
            "set_null" => action = Some(ForeignKeyAction::SetNull),
            other => match other.strip_prefix("default=") {
                Some("true") => {
                    def.default(true);
                }
                Some("false") => {
                    def.default(false);
                }
                Some(text) => match (text.parse::<i64>(), text.parse::<f64>()) {
                    (Ok(number), _) => {
                        def.default(number);
                    }
                    (_, Ok(number)) => {
                        def.default(number);
                    }
                    _ => {
                        def.default(text);
                    }
                },
                None => panic!("`{other}` is not in the notation"),
            },
        }
    }
    if let Some(parent) = parent {
        def.constrained(parent).on_delete(action.expect("what happens to a child"));
    }
}
