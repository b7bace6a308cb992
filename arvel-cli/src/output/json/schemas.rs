//! The JSON Schemas of the documents, made of their structs, and compared with those that the book publishes.
//!
//! `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-cli schemas` writes them again.

mod page;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use arvel_core::Plugin;
use arvel_migrate::{
    checkup::Level,
    exec::StepState,
    history::State,
    plan::Direction,
    project::TemplateState,
    publish::{Left, PublishAction, PublishState},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::*;

/// `direction` of a step.
pub const DIRECTIONS: [&str; 2] = ["up", "down"];
/// `state` of a step.
pub const STEP_STATES: [&str; 4] = ["planned", "done", "failed", "stopped"];
/// `state` of a revision.
pub const STATES: [Option<&str>; 8] = [
    Some("applied"),
    Some("pending"),
    Some("late"),
    Some("missing"),
    Some("changed"),
    Some("failed"),
    Some("skipped"),
    None,
];
/// `level` of a finding.
pub const LEVELS: [&str; 3] = ["ok", "warn", "fail"];
/// `state` of a stub.
pub const PUBLISH_STATES: [&str; 10] = [
    "new",
    "identical",
    "edited",
    "outdated",
    "diverged",
    "name_taken",
    "duplicate",
    "followed",
    "not_needed",
    "in_place",
];
/// `state` of a stub whose text may be unknown.
pub const STUB_STATES: [Option<&str>; 11] = [
    Some("new"),
    Some("identical"),
    Some("edited"),
    Some("outdated"),
    Some("diverged"),
    Some("name_taken"),
    Some("duplicate"),
    Some("followed"),
    Some("not_needed"),
    Some("in_place"),
    None,
];
/// `action` of a stub.
pub const PUBLISH_ACTIONS: [&str; 6] = ["nothing", "write", "overwrite", "merge", "keep", "conflict"];
/// `state` of a template.
pub const TEMPLATE_STATES: [&str; 3] = ["new", "identical", "edited"];
/// `left` of a published file.
pub const LEFT: [Option<&str>; 6] =
    [Some("applied"), Some("edited"), Some("duplicate"), Some("unknown"), Some("needed"), None];
/// `merge` of a stub, besides null.
pub const MERGES: [Option<&str>; 3] = [Some("clean"), Some("clash"), None];
/// `way_back` of a revision.
pub const WAYS_BACK: [&str; 4] = ["written", "derived", "kept", "none"];

type Make = fn(&mut SchemaGenerator) -> Schema;

/// What each command answers: one shape, or one of several.
static DOCUMENTS: &[(&str, &[Make])] = &[
    ("migrate", &[RunAnd::json_schema, ScriptBody::json_schema]),
    ("rollback", &[RunBody::json_schema]),
    ("downgrade", &[RunBody::json_schema, ScriptBody::json_schema]),
    ("reset", &[RunBody::json_schema]),
    ("refresh", &[RunAnd::json_schema]),
    ("fresh", &[RunAnd::json_schema]),
    ("wipe", &[WipeBody::json_schema]),
    ("create", &[DatabaseBody::json_schema]),
    ("drop", &[DatabaseBody::json_schema]),
    ("status", &[StatusBody::json_schema]),
    ("heads", &[RevisionsBody::json_schema]),
    ("branches", &[RevisionsBody::json_schema]),
    ("current", &[CurrentBody::json_schema]),
    ("history", &[RevisionsBody::json_schema]),
    ("show", &[ShowBody::json_schema]),
    ("stamp", &[StampBody::json_schema, ScriptBody::json_schema]),
    ("ensure-version", &[InstallBody::json_schema, ScriptBody::json_schema]),
    ("clear", &[ClearBody::json_schema]),
    ("doctor", &[DoctorBody::json_schema]),
    ("inspect", &[InspectBody::json_schema]),
    ("revision", &[MakeBody::json_schema]),
    ("merge", &[MakeBody::json_schema]),
    ("edit", &[EditBody::json_schema]),
    ("delete", &[MakeBody::json_schema]),
    ("list-templates", &[TemplatesBody::json_schema]),
    ("init", &[InitBody::json_schema]),
    ("publish", &[PublishBody::json_schema, StubsBody::json_schema]),
    ("unpublish", &[UnpublishBody::json_schema]),
    ("seed", &[SeedBody::json_schema]),
    ("make migration", &[MakeBody::json_schema]),
    ("make seeder", &[MakeBody::json_schema]),
    ("make sync", &[MakeBody::json_schema]),
    ("make package", &[PackageBody::json_schema]),
];

/// What the answer of no single command is called.
const ERROR: &str = "a command that was stopped";
const SEVERAL: &str = "a command about several databases";

/// The schema of a document: that of a command, or of any.
fn schema(command: Option<&str>, title: &str, bodies: &[Make]) -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let name = match command {
        Some(name) => json!({ "const": name }),
        None => json!({ "type": "string", "description": "The command." }),
    };
    let format = json!({ "const": FORMAT, "description": "The version of the shapes." });
    let mut shapes: Vec<Map<String, Value>> = Vec::new();
    for make in bodies {
        let mut body = make(&mut generator).to_value();
        let body = body.as_object_mut().unwrap();
        let mut properties = Map::from_iter([("format".to_owned(), format.clone())]);
        properties.insert("command".to_owned(), name.clone());
        properties.append(body["properties"].as_object_mut().unwrap());
        let mut required = vec![json!("format"), json!("command")];
        required.extend(body.get("required").and_then(Value::as_array).cloned().unwrap_or_default());
        let mut shape = Map::new();
        // That of a single command repeats the title.
        if bodies.len() > 1 {
            shape.insert("description".to_owned(), body["description"].clone());
        }
        shape.insert("type".to_owned(), json!("object"));
        shape.insert("properties".to_owned(), json!(properties));
        shape.insert("required".to_owned(), json!(required));
        shapes.push(shape);
    }
    let mut document = Map::from_iter([
        ("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema")),
        ("title".to_owned(), json!(title)),
    ]);
    match shapes.as_mut_slice() {
        [one] => document.append(one),
        _ => {
            document.insert("anyOf".to_owned(), json!(shapes));
        }
    }
    let definitions = generator.take_definitions(true);
    if !definitions.is_empty() {
        let sorted: std::collections::BTreeMap<String, Value> = definitions.into_iter().collect();
        document.insert("$defs".to_owned(), json!(sorted));
    }
    let mut document = Value::Object(document);
    close(&mut document);
    document
}

/// A field that no schema names is a mistake, everywhere; and one that is left out where it means nothing is not null.
fn close(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let required = object.get("required").cloned().unwrap_or_default();
            let required: Vec<&str> =
                required.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
                let left_out = properties.iter_mut().filter(|(name, _)| !required.contains(&name.as_str()));
                left_out.filter(|(name, _)| *name != NULL_OF_A_RUN).for_each(|(_, field)| never_null(field));
                // What is the document of another command has its fields.
                object.entry("additionalProperties").or_insert(json!(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// The field of a run that may be null, also where the run itself may be left out: beside an error.
const NULL_OF_A_RUN: &str = "batch";

fn never_null(field: &mut Value) {
    if let Some(kinds) = field.get_mut("type").and_then(Value::as_array_mut) {
        kinds.retain(|kind| kind != "null");
        if let [one] = kinds.as_slice() {
            field["type"] = one.clone();
        }
    }
    if let Some([of, null]) = field["anyOf"].as_array().map(Vec::as_slice)
        && null["type"] == "null"
    {
        let of = of.as_object().cloned().unwrap_or_default();
        let field = field.as_object_mut().unwrap();
        field.remove("anyOf");
        field.extend(of);
    }
}

/// `db migrate` of `migrate`; `make sync` as it is.
fn spelled(command: &str) -> String {
    if command.contains(' ') { command.to_owned() } else { format!("db {command}") }
}

fn file_name(command: &str) -> String {
    format!("{}.schema.json", command.replace(' ', "-"))
}

fn reference() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src/reference")
}

/// Every schema with its title and its file, in the order of the page; those of any command first.
fn all() -> Vec<(String, String, Value)> {
    let any: [(&str, &str, Make); 2] =
        [(ERROR, "error", ErrorBody::json_schema), (SEVERAL, "several", SeveralBody::json_schema)];
    let any =
        any.map(|(title, name, make)| (title.to_owned(), file_name(name), schema(None, title, &[make])));
    let commands = DOCUMENTS.iter().map(|(command, bodies)| {
        let title = spelled(command);
        let schema = schema(Some(command), &title, bodies);
        (format!("`{title}`"), file_name(command), schema)
    });
    any.into_iter().chain(commands).collect()
}

#[test]
fn the_published_schemas_are_those_of_the_documents() {
    let folder = reference().join("json");
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for (_, name, schema) in all() {
        files.push((folder.join(name), serde_json::to_string_pretty(&schema).unwrap() + "\n"));
    }
    files.push((reference().join("json.md"), page::page(&all())));
    if std::env::var_os("ARVEL_UPDATE_DOCS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        files.iter().for_each(|(path, text)| fs::write(path, text).unwrap());
    }
    let stale: Vec<String> = files
        .iter()
        .filter(|(path, text)| fs::read_to_string(path).unwrap_or_default() != *text)
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(
        stale.is_empty(),
        "a document has another shape than its published schema: {}\n\
         a field may come, none may go or change; then run `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-cli schemas`",
        stale.join(", ")
    );
    let expected: BTreeSet<PathBuf> = files.into_iter().map(|(path, _)| path).collect();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert!(expected.contains(&path), "`{}` is the schema of nothing", path.display());
    }
}

#[test]
fn every_command_has_a_schema() {
    let mut expected = BTreeSet::new();
    let groups = crate::DatabaseCommands.commands();
    for group in groups.iter().map(|group| group.command()) {
        let before = if group.get_name() == "make" { "make " } else { "" };
        let answers = group.get_arguments().any(|arg| arg.get_id() == "json");
        let commands = group.get_subcommands().filter(|_| answers);
        expected.extend(commands.map(|command| format!("{before}{}", command.get_name())));
    }
    let published: BTreeSet<String> = DOCUMENTS.iter().map(|(command, _)| (*command).to_owned()).collect();
    assert_eq!(published, expected);
}

#[test]
fn the_words_are_those_of_the_engine() {
    assert_eq!([Direction::Up, Direction::Down].map(Direction::as_str), DIRECTIONS);
    let steps = [StepState::Planned, StepState::Done, StepState::Failed, StepState::Stopped];
    assert_eq!(steps.map(crate::output::human::step_state), STEP_STATES);
    let states = [State::Applied, State::Pending, State::Late, State::Missing, State::Changed, State::Failed];
    assert_eq!(states.map(|state| Some(state.as_str())), STATES[..6]);
    assert_eq!([Level::Ok, Level::Warn, Level::Fail].map(|level| level.as_str()), LEVELS);
    let states = [
        PublishState::New,
        PublishState::Identical,
        PublishState::Edited,
        PublishState::Outdated,
        PublishState::Diverged,
        PublishState::NameTaken,
        PublishState::Duplicate,
        PublishState::Followed,
        PublishState::NotNeeded,
        PublishState::InPlace,
    ];
    assert_eq!(states.map(publish::state), PUBLISH_STATES);
    assert_eq!(PUBLISH_STATES.map(Some), STUB_STATES[..10]);
    let actions = [
        PublishAction::Nothing,
        PublishAction::Write,
        PublishAction::Overwrite,
        PublishAction::Merge,
        PublishAction::Keep,
        PublishAction::Conflict,
    ];
    assert_eq!(actions.map(publish::action), PUBLISH_ACTIONS);
    let states = [TemplateState::New, TemplateState::Identical, TemplateState::Edited];
    assert_eq!(states.map(template_state), TEMPLATE_STATES);
    let left = [Left::Applied, Left::Edited, Left::Duplicate, Left::Unknown, Left::Needed];
    assert_eq!(left.map(|left| Some(unpublish::left(left))), LEFT[..5]);
}
