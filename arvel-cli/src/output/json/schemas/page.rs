//! The page of the book that shows the documents, field by field.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use serde_json::{Map, Value};

const HEAD: &str = "# JSON documents

<!-- Made by the test `schemas` of arvel-cli from the documents. Do not edit:
     ARVEL_UPDATE_DOCS=1 cargo test -p arvel-cli schemas -->

With `--json` a command writes one document to stdout: an object with `format` and `command`, and what is listed here. A
command that was stopped writes an object with `error` instead; the exit code says the same. With `--all-databases`, or
several `--database`, there is an object with `databases`, and in it the document of each. Progress and questions go to
stderr, as without `--json`.

`format` is 1. A later version adds fields, and words to those that are listed; it takes none away and changes none without
another number. Each document has a JSON Schema (2020-12) that names every field of this version, and a test that holds the
program to it.

A field that is marked \"not always\" is left out where it means nothing.
";

type Named = (String, String, Value);

pub fn page(documents: &[Named]) -> String {
    let mut page = HEAD.to_owned();
    let mut objects: BTreeMap<String, Value> = BTreeMap::new();
    for (title, file, schema) in documents {
        let title = title[..1].to_uppercase() + &title[1..];
        let _ = write!(page, "\n## {title}\n\n[Schema](json/{file}).\n");
        let shapes = schema.get("anyOf").and_then(Value::as_array);
        let shapes: Vec<&Value> = shapes.map_or_else(|| vec![schema], |shapes| shapes.iter().collect());
        for (at, shape) in shapes.iter().enumerate() {
            if at > 0 {
                page.push_str("\nWith `--sql`:\n");
            }
            fields(&mut page, shape);
        }
        for (name, object) in schema.get("$defs").and_then(Value::as_object).into_iter().flatten() {
            let known = objects.insert(name.clone(), object.clone());
            assert!(known.is_none_or(|known| known == *object), "two objects are called {name}");
        }
    }
    page.push_str("\n## Objects\n\nWhat the tables above name, in the order of the alphabet.\n");
    for (name, object) in &objects {
        let about = object["description"].as_str().unwrap_or_default();
        let _ = write!(page, "\n### {name}\n\n{about}\n");
        fields(&mut page, object);
    }
    page
}

fn fields(page: &mut String, shape: &Value) {
    let empty = Map::new();
    let properties = shape["properties"].as_object().unwrap_or(&empty);
    let required: BTreeSet<&str> =
        shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    page.push_str("\n| field | is | meaning |\n|---|---|---|\n");
    for (name, field) in properties.iter().filter(|(name, _)| !matches!(name.as_str(), "format" | "command"))
    {
        let about =
            field["description"].as_str().unwrap_or_default().trim_end_matches('.').replace('\n', " ");
        let always = if required.contains(name.as_str()) { "" } else { ", not always" };
        let _ = writeln!(page, "| `{name}` | {}{always} | {} |", kind(field), about.replace('|', "\\|"));
    }
}

/// What a field is, in words.
fn kind(field: &Value) -> String {
    if let Some(target) = field["$ref"].as_str() {
        let name = target.rsplit('/').next().unwrap_or_default();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(words) = field["enum"].as_array() {
        let words =
            words.iter().map(|word| word.as_str().map_or("null".to_owned(), |word| format!("`{word}`")));
        return words.collect::<Vec<_>>().join(", ");
    }
    if let Some(kinds) = field["anyOf"].as_array() {
        return kinds.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    match &field["type"] {
        Value::String(name) if name == "array" => match field["prefixItems"].as_array() {
            Some(items) => {
                format!("list of {}: {}", items.len(), items.iter().map(kind).collect::<Vec<_>>().join(", "))
            }
            None => format!("list of {}", kind(&field["items"])),
        },
        Value::String(name) => name.clone(),
        Value::Array(names) => {
            let of = |name: &Value| {
                let mut one = field.clone();
                one["type"] = name.clone();
                kind(&one)
            };
            names.iter().map(of).collect::<Vec<_>>().join(" or ")
        }
        other => other.to_string(),
    }
}
