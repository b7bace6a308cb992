//! What Alembic says: one Python process for all graphs, a line in and a line out.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

use serde_json::{Value, json};

use super::{
    super::python::Python,
    case::{Answer, Case, Question},
};

/// A running interpreter.
pub(super) struct Alembic {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Alembic {
    pub(super) fn start(python: &Python) -> Self {
        let mut child = python
            .script("alembic_answers.py")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python runs");
        let input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, input, output }
    }

    /// The answers to questions about a case, or why the graph is none.
    pub(super) fn ask(&mut self, case: &Case, questions: &[Question]) -> Result<Vec<Answer>, String> {
        let questions: Vec<Value> = questions.iter().map(|question| question.json(case)).collect();
        let asked = json!({ "revisions": case.drawing.json(), "files": case.files, "questions": questions });
        writeln!(self.input, "{asked}").and_then(|()| self.input.flush()).expect("python reads");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("python answers");
        let reply: Value = serde_json::from_str(&line).expect("a document a line");
        match reply["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(reply["answers"].as_array().expect("answers").iter().map(read).collect()),
        }
    }
}

impl Drop for Alembic {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(answer: &Value) -> Answer {
    let list = |value: &Value| -> Vec<String> {
        let list = value.as_array().expect("a list").iter();
        list.map(|name| name.as_str().expect("a name").to_owned()).collect()
    };
    if let Some(why) = answer["refused"].as_str() {
        return Answer::Refused(why.to_owned());
    }
    if answer.get("steps").is_some() {
        return Answer::Steps { steps: list(&answer["steps"]), after: list(&answer["after"]) };
    }
    if answer.is_array() {
        return Answer::Names(list(answer));
    }
    let shape = ["heads", "bases", "branch_points", "merge_points"];
    Answer::Names(shape.iter().map(|word| format!("{word}={}", list(&answer[word]).join(","))).collect())
}
