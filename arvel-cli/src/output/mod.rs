//! Where everything that is shown goes: results to stdout, progress and diagnostics to stderr.
//!
//! The only place that knows whether there is a terminal and whether colour is welcome. Text is painted by everyone
//! and stripped here, so colour can never carry meaning alone.

pub mod card;
pub mod human;
pub mod inspect;
pub mod json;
pub mod listing;
pub mod packages;
pub mod progress;
pub mod revisions;
pub mod several;
pub mod theme;

use std::{
    fmt::Display,
    io::{IsTerminal, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anstream::AutoStream;
use arvel_core::Exit;
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{
    error::CommandError,
    prompt::{Prompter, Stdin},
};

/// A place to write to.
pub type Sink = Box<dyn Write + Send>;

/// The streams of a process, or of a test.
#[derive(Clone)]
pub struct Streams {
    /// Opens stdout and stderr.
    pub open: Arc<dyn Fn() -> (Sink, Sink) + Send + Sync>,
    /// Whether stdout is a terminal.
    pub out_terminal: bool,
    /// Whether stderr is a terminal.
    pub err_terminal: bool,
    /// Whether stdin is a terminal.
    pub in_terminal: bool,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
    /// Reads answers.
    pub prompter: Arc<dyn Prompter>,
    /// `$VISUAL`, else `$EDITOR`.
    pub editor: Option<String>,
}

impl Streams {
    /// Those of this process.
    pub fn of_process() -> Self {
        Self {
            open: Arc::new(|| (Box::new(std::io::stdout()), Box::new(std::io::stderr()))),
            out_terminal: std::io::stdout().is_terminal(),
            err_terminal: std::io::stderr().is_terminal(),
            in_terminal: std::io::stdin().is_terminal(),
            no_color: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            prompter: Arc::new(Stdin),
            editor: ["VISUAL", "EDITOR"]
                .into_iter()
                .filter_map(|name| std::env::var(name).ok())
                .find(|editor| !editor.trim().is_empty()),
        }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    fn choice(self, terminal: bool, no_color: bool) -> anstream::ColorChoice {
        match self {
            Colour::Always => anstream::ColorChoice::Always,
            Colour::Auto if terminal && !no_color => anstream::ColorChoice::Always,
            Colour::Auto | Colour::Never => anstream::ColorChoice::Never,
        }
    }
}

/// The options about output, of every command.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Output")]
pub struct OutputOptions {
    /// Answer with one JSON document on stdout
    #[arg(long, global = true)]
    pub json: bool,
    /// Show more: the statements of each step
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Show less: no progress
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Use colour: `auto`, `always` or `never`
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    pub color: Colour,
}

/// What a command writes to. Cheap to clone.
#[derive(Clone)]
pub struct Console {
    inner: Arc<Inner>,
    /// Where documents go that are a part of another one.
    part: Option<Arc<Mutex<serde_json::Map<String, serde_json::Value>>>>,
}

struct Inner {
    out: Mutex<AutoStream<Sink>>,
    /// Why a result could not be written: a full disk.
    lost: Mutex<Option<std::io::Error>>,
    err: Mutex<AutoStream<Sink>>,
    json: bool,
    quiet: bool,
    verbose: bool,
    motion: bool,
    asks: bool,
    prompter: Arc<dyn Prompter>,
    editor: Option<String>,
}

impl Console {
    /// The console of one command.
    pub fn new(streams: &Streams, options: &OutputOptions) -> Self {
        let (out, err) = (streams.open)();
        let of = |sink, terminal| AutoStream::new(sink, options.color.choice(terminal, streams.no_color));
        Self {
            inner: Arc::new(Inner {
                lost: Mutex::new(None),
                out: Mutex::new(of(out, streams.out_terminal)),
                err: Mutex::new(of(err, streams.err_terminal)),
                json: options.json,
                quiet: options.quiet,
                verbose: options.verbose > 0,
                motion: streams.err_terminal && !options.json && !options.quiet,
                asks: streams.in_terminal && streams.err_terminal,
                prompter: Arc::clone(&streams.prompter),
                editor: streams.editor.clone(),
            }),
            part: None,
        }
    }

    /// The same console, whose documents are a part of another one: see [`take_part`](Self::take_part).
    pub fn part(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), part: Some(Arc::default()) }
    }

    /// The fields of the documents so far.
    pub fn take_part(&self) -> serde_json::Map<String, serde_json::Value> {
        self.part.as_ref().map(|part| std::mem::take(&mut *lock(part))).unwrap_or_default()
    }

    /// Whether statements are shown.
    pub fn is_verbose(&self) -> bool {
        self.inner.verbose
    }

    /// Whether the answer is a document.
    pub fn is_json(&self) -> bool {
        self.inner.json
    }

    /// Whether lines may be finished in place.
    pub fn has_motion(&self) -> bool {
        self.inner.motion
    }

    /// The editor that a person has chosen.
    pub fn editor(&self) -> Option<&str> {
        self.inner.editor.as_deref()
    }

    /// Whether somebody can be asked.
    pub fn can_ask(&self) -> bool {
        self.inner.asks
    }

    /// A line of the result, for people. In JSON mode the document is the result, and this shows nothing.
    pub fn result(&self, line: impl Display) {
        if !self.inner.json {
            self.write_result(&line);
        }
    }

    /// The result, for programs: only in JSON mode.
    pub fn document(&self, document: &impl Serialize) {
        if let Some(part) = &self.part {
            if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(document) {
                lock(part).extend(fields);
            }
        } else if self.inner.json
            && let Ok(text) = serde_json::to_string_pretty(document)
        {
            self.write_result(&text);
        }
    }

    fn write_result(&self, text: &dyn Display) {
        if let Err(error) = write_line(&self.inner.out, text)
            && error.kind() != std::io::ErrorKind::BrokenPipe
        {
            lock(&self.inner.lost).get_or_insert(error);
        }
    }

    /// The exit code of a command that is over: half a result is a failure, `db migrate --sql > FULL`.
    pub fn finish(&self, exit: Exit) -> Exit {
        let Some(error) = lock(&self.inner.lost).take() else { return exit };
        let what = CommandError::new(
            Exit::FAILED,
            "output",
            format!("the result could not be written to stdout: {error}"),
        );
        let _ = write_line(&self.inner.err, &card::render(&what));
        if exit == Exit::DONE { what.exit } else { exit }
    }

    /// A line of progress.
    pub fn progress(&self, line: impl Display) {
        if !self.inner.json && !self.inner.quiet {
            let _ = write_line(&self.inner.err, &line);
        }
    }

    /// Text of progress as it is, without an end of line.
    pub fn progress_text(&self, text: &str) {
        if !self.inner.json && !self.inner.quiet {
            let mut err = lock(&self.inner.err);
            let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
        }
    }

    /// Something that a person should know, also with `--quiet`.
    pub fn note(&self, line: impl Display) {
        if !self.inner.json {
            let _ = write_line(&self.inner.err, &line);
        }
    }

    /// Shows an error and answers with its exit code.
    pub fn error(&self, command: &str, error: &CommandError) -> Exit {
        if self.inner.json {
            self.document(&json::Document::error(command, error));
        }
        // One of several is shown at once, also when the document that has all of them comes at the end.
        if !self.inner.json || self.part.is_some() {
            let _ = write_line(&self.inner.err, &card::render(error));
        }
        error.exit
    }

    /// Asks for a line. The question goes to stderr, also in JSON mode: somebody waits for an answer.
    pub fn ask(&self, question: impl Display) -> Option<String> {
        {
            let mut err = lock(&self.inner.err);
            let _ = write!(err, "{question} ").and_then(|()| err.flush());
        }
        self.inner.prompter.answer().ok().flatten()
    }

    /// Text before a question, also in JSON mode.
    pub fn before_question(&self, text: impl Display) {
        let _ = write_line(&self.inner.err, &text);
    }
}

/// A panic elsewhere must not silence the error that follows it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A closed stream is nobody's failure: `db status | head`.
fn write_line(stream: &Mutex<AutoStream<Sink>>, line: &dyn Display) -> std::io::Result<()> {
    let mut stream = lock(stream);
    writeln!(stream, "{line}").and_then(|()| stream.flush())
}
