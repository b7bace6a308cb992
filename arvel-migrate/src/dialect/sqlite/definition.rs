//! A `CREATE TABLE` text taken apart and put together again: only what is edited changes, so that clauses which nobody
//! here understands survive a rebuild.
//!
//! Texts of virtual tables are not read.

use super::{
    QUOTE,
    clause::{self, Clause, ClauseKind},
    text::{self, Token, by_commas, close, span, tokens},
    types::Spelling,
};
use crate::{dialect::quote, operation::TableOptions};

/// One entry between the outer parentheses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The text as written, with the white space and comments around it.
    pub(super) raw: String,
    /// The column's name and type; `None` for a table constraint.
    pub(super) column: Option<Head>,
    pub(super) clauses: Vec<Clause>,
}

/// A column's name and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) name: String,
    /// As written; empty when there is none.
    pub(super) type_text: String,
}

/// A `CREATE TABLE` text in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    /// `CREATE TABLE "name" (`
    prefix: String,
    pub(super) items: Vec<Item>,
    /// From the closing parenthesis on: `) STRICT`.
    suffix: String,
}

impl Item {
    /// Reads an entry.
    pub(super) fn parse(raw: &str) -> Item {
        let tokens = tokens(raw);
        let constraint = tokens.first().is_some_and(|first| {
            ["constraint", "primary", "unique", "check", "foreign"].iter().any(|word| first.is(word))
        });
        if constraint || tokens.is_empty() {
            return Item { raw: raw.to_owned(), column: None, clauses: clause::clauses(raw, &tokens) };
        }
        let end = type_end(&tokens);
        let head = Head { name: tokens[0].name(), type_text: span(raw, &tokens[1..end]).to_owned() };
        Item { raw: raw.to_owned(), column: Some(head), clauses: clause::clauses(raw, &tokens[end..]) }
    }

    /// Whether it is the column of this name.
    pub(super) fn is_column(&self, name: &str) -> bool {
        self.column.as_ref().is_some_and(|head| head.name.eq_ignore_ascii_case(name))
    }

    /// Whether a clause of this sort is there.
    pub(super) fn has(&self, test: impl Fn(&ClauseKind) -> bool) -> bool {
        self.clauses.iter().any(|clause| test(&clause.kind))
    }

    /// Whether it is a generated column, which takes no values.
    pub(super) fn generated(&self) -> bool {
        self.has(|kind| matches!(kind, ClauseKind::Generated { .. }))
    }

    /// The collation; of several clauses the last one counts.
    pub(super) fn collation(&self) -> Option<&str> {
        self.clauses.iter().rev().find_map(|clause| match &clause.kind {
            ClauseKind::Collate(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Writes the entry anew from its parts; white space and comments around it stay.
    pub(super) fn refresh(&mut self) {
        let (lead, first, tail) = {
            let tokens = tokens(&self.raw);
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
            let lead = self.raw[..first.start].to_owned();
            (lead, first.text.to_owned(), self.raw[last.end()..].to_owned())
        };
        let mut words = Vec::new();
        if let Some(head) = &self.column {
            words.push(first);
            if !head.type_text.is_empty() {
                words.push(head.type_text.clone());
            }
        }
        words.extend(self.clauses.iter().map(|clause| clause.text.clone()));
        self.raw = format!("{lead}{}{tail}", words.join(" "));
    }
}

/// The index behind a column's type.
fn type_end(tokens: &[Token<'_>]) -> usize {
    let mut at = 1;
    while let Some(token) = tokens.get(at) {
        if token.symbol("(") {
            return close(tokens, at).map_or(tokens.len(), |end| end + 1);
        }
        if !token.nameable() || clause::begins(token) {
            break;
        }
        at += 1;
    }
    at
}

impl Definition {
    /// Takes a text apart; `None` when it is not that of an ordinary table.
    pub(super) fn parse(sql: &str) -> Option<Definition> {
        let tokens = tokens(sql);
        let open = tokens.iter().position(|token| token.symbol("("))?;
        if tokens[..open].iter().any(|token| token.is("virtual")) || open < 3 {
            return None;
        }
        let end = close(&tokens, open)?;
        let mut items = Vec::new();
        let mut from = tokens[open].end();
        let parts = by_commas(&tokens[open + 1..end]);
        let mut at = open + 1;
        for part in &parts {
            at += part.len();
            let to = tokens[at].start;
            let item = Item::parse(&sql[from..to]);
            from = tokens[at].end();
            at += 1;
            // SQLite lets table constraints follow each other without a comma.
            if item.column.is_none() && item.clauses.len() > 1 {
                items.extend(item.clauses.iter().map(|clause| Item::parse(&format!(" {}", clause.text))));
            } else {
                items.push(item);
            }
        }
        Some(Definition {
            prefix: sql[..tokens[open].end()].to_owned(),
            items,
            suffix: sql[tokens[end].start..].to_owned(),
        })
    }

    /// The text.
    pub(super) fn sql(&self) -> String {
        let items: Vec<&str> = self.items.iter().map(|item| item.raw.as_str()).collect();
        format!("{}{}{}", self.prefix, items.join(","), self.suffix)
    }

    /// The table's name as SQLite has it.
    pub(super) fn table(&self) -> String {
        let tokens = tokens(&self.prefix);
        tokens.len().checked_sub(2).map(|at| tokens[at].name()).unwrap_or_default()
    }

    /// The same table under another name, written as SQLite's own rename writes it.
    pub(super) fn renamed(&self, name: &str) -> Definition {
        let quoted = quote::identifier(name, QUOTE);
        let prefix = text::replace(&self.prefix, &quoted, |tokens, index| index + 2 == tokens.len());
        Definition { prefix, ..self.clone() }
    }

    /// The columns in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&Head, &Item)> {
        self.items.iter().filter_map(|item| Some((item.column.as_ref()?, item)))
    }

    /// The entry of a column.
    pub(super) fn column(&self, name: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.is_column(name))
    }

    /// The entry of a column, to be edited.
    pub(super) fn column_mut(&mut self, name: &str) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.is_column(name))
    }

    /// Whether an option stands behind the parentheses: `STRICT`, `ROWID` (of `WITHOUT ROWID`).
    pub(super) fn option(&self, word: &str) -> bool {
        tokens(&self.suffix).iter().any(|token| token.is(word))
    }

    /// What stands behind the parentheses.
    pub(super) fn options(&self) -> TableOptions {
        TableOptions {
            strict: self.option("strict").then_some(true),
            without_rowid: self.option("rowid").then_some(true),
            ..TableOptions::default()
        }
    }

    /// Puts an option behind the others.
    pub(super) fn add_option(&mut self, words: &str) {
        let tokens = tokens(&self.suffix);
        let comma = if tokens.len() > 1 { "," } else { "" };
        let end = tokens.last().map_or(self.suffix.len(), Token::end);
        self.suffix.insert_str(end, &format!("{comma} {words}"));
    }

    /// Takes an option away, with the comma that parts it from another one.
    pub(super) fn remove_option(&mut self, words: &str) {
        let tokens = tokens(&self.suffix);
        let is = |token: &Token<'_>| words.split(' ').any(|word| token.is(&word.to_lowercase()));
        let Some(first) = tokens.iter().position(is) else { return };
        let last = first + words.split(' ').count() - 1;
        let (from, to) = match (tokens.get(first - 1), tokens.get(last + 1)) {
            (Some(before), _) if before.symbol(",") => (first - 1, last),
            (_, Some(after)) if after.symbol(",") => (first, last + 1),
            _ => (first, last),
        };
        let (Some(begin), Some(end)) = (tokens.get(from - 1), tokens.get(to)) else { return };
        self.suffix.replace_range(begin.end()..end.end(), "");
    }

    /// How the types of its columns are written.
    pub(super) fn spelling(&self) -> Spelling {
        Spelling { strict: self.option("strict") }
    }

    /// Names of columns as the table has them.
    pub(super) fn spelled(&self, names: Vec<String>) -> Vec<String> {
        let own = |name: &String| Some(self.column(name)?.column.as_ref()?.name.clone());
        names.into_iter().map(|name| own(&name).unwrap_or(name)).collect()
    }

    /// The columns of the primary key.
    pub(super) fn primary_key(&self) -> Option<(Option<String>, Vec<String>)> {
        self.items.iter().find_map(|item| {
            item.clauses.iter().find_map(|clause| match &clause.kind {
                ClauseKind::PrimaryKey { columns, .. } => Some((
                    clause.name.clone(),
                    match &item.column {
                        Some(head) => vec![head.name.clone()],
                        None => columns.clone(),
                    },
                )),
                _ => None,
            })
        })
    }

    /// The column that is another name of the rowid: the only column of the key, and exactly of type INTEGER.
    pub(super) fn rowid_column(&self) -> Option<&str> {
        self.integer_key().filter(|_| !self.option("rowid"))
    }

    /// The column that would be another name of the rowid, if the table has one.
    pub(super) fn integer_key(&self) -> Option<&str> {
        let (_, columns) = self.primary_key()?;
        let [only] = columns.as_slice() else { return None };
        let item = self.column(only)?;
        let head = item.column.as_ref()?;
        // The quirk of the manual: DESC at the column makes it an ordinary key.
        let descending = item.has(|kind| matches!(kind, ClauseKind::PrimaryKey { descending: true, .. }));
        (head.type_text.eq_ignore_ascii_case("integer") && !descending).then_some(head.name.as_str())
    }

    /// Whether the key counts up by itself.
    pub(super) fn auto_increment(&self) -> bool {
        self.items
            .iter()
            .any(|item| item.has(|kind| matches!(kind, ClauseKind::PrimaryKey { auto_increment: true, .. })))
    }

    /// Puts a column among the entries, in the style of the text.
    pub(super) fn insert_column(&mut self, definition: &str, at: usize) {
        self.insert(at, definition);
    }

    /// Takes a column away and answers with its text.
    pub(super) fn take_column(&mut self, name: &str) -> String {
        let raw = self.column(name).map(|item| item.raw.clone()).unwrap_or_default();
        self.remove(|item| item.is_column(name));
        let text = raw.trim();
        let code = tokens(text).last().map_or(0, Token::end);
        // A line comment would swallow what follows.
        if code < text.len() { format!("{text}\n") } else { text.to_owned() }
    }

    /// Puts a constraint behind everything else.
    pub(super) fn push_constraint(&mut self, definition: &str) {
        self.insert(self.items.len(), definition);
    }

    fn insert(&mut self, at: usize, definition: &str) {
        let lead = self
            .items
            .first()
            .map_or(String::new(), |item| item.raw.chars().take_while(|c| c.is_whitespace()).collect());
        let lead = if lead.is_empty() { " ".to_owned() } else { lead };
        let mut tail = String::new();
        if at == self.items.len()
            && let Some(last) = self.items.last_mut()
        {
            // The white space before the closing parenthesis moves to the new last entry; a comment stays.
            let kept = last.raw.trim_end().len();
            let has_comment = tokens(&last.raw).last().is_some_and(|token| token.end() < kept);
            if !has_comment {
                tail = last.raw.split_off(kept);
            }
        }
        self.items.insert(at, Item::parse(&format!("{lead}{definition}{tail}")));
    }

    /// Takes entries away; the white space before the closing parenthesis stays.
    pub(super) fn remove(&mut self, goes: impl Fn(&Item) -> bool) {
        let last_goes = self.items.last().is_some_and(&goes);
        let tail: String =
            self.items.last().map_or(String::new(), |item| item.raw[item.raw.trim_end().len()..].to_owned());
        self.items.retain(|item| !goes(item));
        if last_goes && let Some(last) = self.items.last_mut() {
            let kept = last.raw.trim_end().len();
            last.raw.truncate(kept);
            // A line comment would swallow what follows.
            last.raw.push_str(if tail.is_empty() { "\n" } else { &tail });
        }
    }

    /// The text after SQLite's own `ADD COLUMN`: it puts the column before the comma of the first constraint.
    pub(super) fn add_natively(&mut self, definition: &str) {
        let at = self.items.iter().take_while(|item| item.column.is_some()).count();
        self.items.insert(at, Item::parse(&format!(" {definition}")));
    }

    /// The text after SQLite's own `DROP COLUMN`: it cuts from the name to the next column's name, or for the last
    /// column from the comma before it to the first constraint.
    pub(super) fn drop_natively(&mut self, name: &str) {
        let Some(at) = self.items.iter().position(|item| item.is_column(name)) else { return };
        let gone = self.items.remove(at);
        let lead = |raw: &str| tokens(raw).first().map_or(0, |token| token.start);
        match self.items.get_mut(at) {
            Some(next) if next.column.is_some() => {
                let next_lead = lead(&next.raw);
                next.raw.replace_range(..next_lead, &gone.raw[..lead(&gone.raw)]);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ODD: &str = "CREATE TABLE \"odd one\" (\n  id INTEGER PRIMARY KEY, -- the key\n  [a b] varchar ( 10 , 2 ) \
                       DEFAULT 'x,)' /* , */ COLLATE nocase,\n  c AS (id + 1),\n  plain,\n  \
                       CONSTRAINT k CHECK (\"a b\" > plain) UNIQUE (plain) -- end\n) STRICT";

    #[test]
    fn a_text_survives_being_taken_apart() {
        let simple = "CREATE TABLE t(a,b TEXT, CHECK (a IN (1,2)))WITHOUT ROWID";
        for sql in [simple, "CREATE TABLE x (\n    \"é\"\"q\" integer -- last\n)"] {
            assert_eq!(Definition::parse(sql).map(|d| d.sql()).as_deref(), Some(sql));
        }
    }

    #[test]
    fn parts_are_recognized() {
        let d = Definition::parse(ODD).unwrap();
        let columns: Vec<(&str, &str)> =
            d.columns().map(|(head, _)| (head.name.as_str(), head.type_text.as_str())).collect();
        assert_eq!(columns, [("id", "INTEGER"), ("a b", "varchar ( 10 , 2 )"), ("c", ""), ("plain", "")]);
        assert_eq!(d.table(), "odd one");
        assert_eq!(d.rowid_column(), Some("id"));
        assert!(d.option("strict") && !d.option("rowid"));
        assert_eq!(d.items.len(), 6);
    }
}
