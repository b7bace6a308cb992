//! A template's text with values in the places of `{{ key }}`.
//!
//! A place that stands alone on its line takes a value of several lines, each indented as the place is; an empty value
//! takes the line away. Anything else in braces is text: Rust is full of them.

use std::collections::BTreeMap;

/// A filled text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filled {
    pub(super) text: String,
    /// The line of the template that each line came from, from 1.
    lines: Vec<usize>,
}

/// A place that nothing is known for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnknownKey {
    pub(super) key: String,
    pub(super) line: usize,
}

impl Filled {
    /// The line of the template that a line came from.
    pub(super) fn line(&self, line: usize) -> usize {
        let known = self.lines.get(line.saturating_sub(1)).or(self.lines.last());
        known.copied().unwrap_or(1)
    }
}

/// Fills a template.
pub(super) fn fill(template: &str, values: &BTreeMap<String, String>) -> Result<Filled, UnknownKey> {
    let mut filled = Filled { text: String::new(), lines: Vec::new() };
    for (at, line) in template.lines().enumerate() {
        let unknown = |key: &str| UnknownKey { key: key.to_owned(), line: at + 1 };
        let mut add = |text: &str| {
            filled.text.push_str(text);
            filled.text.push('\n');
            filled.lines.push(at + 1);
        };
        let alone = place(line.trim()).filter(|(before, _, behind)| before.is_empty() && behind.is_empty());
        if let Some((_, key, _)) = alone {
            let value = values.get(key).ok_or_else(|| unknown(key))?;
            let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
            value.lines().for_each(|of| match of.is_empty() {
                true => add(""),
                false => add(&format!("{indent}{of}")),
            });
            continue;
        }
        let (mut text, mut rest) = (String::new(), line);
        while let Some((before, key, behind)) = place(rest) {
            text.push_str(before);
            text.push_str(values.get(key).ok_or_else(|| unknown(key))?);
            rest = behind;
        }
        text.push_str(rest);
        add(text.trim_end());
    }
    Ok(filled)
}

/// The first place of a text: what is before it, its key, and what is behind it.
fn place(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("{{").map(|at| from + at) {
        let inside = &text[at + 2..];
        if let Some((key, behind)) = inside.split_once("}}").filter(|(key, _)| is_key(key.trim())) {
            return Some((&text[..at], key.trim(), behind));
        }
        from = at + 1;
    }
    None
}

fn is_key(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && text.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> BTreeMap<String, String> {
        let pairs = [("name", "add_x"), ("up", "if a {\n    b();\n\n}"), ("none", "")];
        pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
    }

    #[test]
    fn places_are_filled_and_braces_are_text() {
        let table = [
            ("// {{ name }} and {{name}}\n", "// add_x and add_x\n"),
            ("fn up() {\n    {{ up }}\n}", "fn up() {\n    if a {\n        b();\n\n    }\n}\n"),
            ("a\n{{ none }}\nb\n", "a\nb\n"),
            ("x{{ none }}\n", "x\n"),
            ("format!(\"{{}}\", {{ A }}); {{{ name }}}", "format!(\"{{}}\", {{ A }}); {add_x}\n"),
            ("{{ {{ name }}", "{{ add_x\n"),
        ];
        for (template, expected) in table {
            assert_eq!(fill(template, &values()).expect(template).text, expected, "{template}");
        }
    }

    #[test]
    fn lines_are_those_of_the_template() {
        let filled = fill("a\n{{ up }}\n{{ none }}\nz", &values()).unwrap();
        assert_eq!([1, 2, 5, 6, 9].map(|line| filled.line(line)), [1, 2, 2, 4, 4]);
        assert_eq!(fill("a\nb {{ nmae }}", &values()), Err(UnknownKey { key: "nmae".to_owned(), line: 2 }));
    }
}
