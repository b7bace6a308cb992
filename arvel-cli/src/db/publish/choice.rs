//! Which packages a person wants to publish, of several that have something to write: a numbered list and one line of answer.

use std::collections::BTreeSet;

use arvel_migrate::publish::{PackageState, PublishPlan};

use super::table;
use crate::output::{Console, human::count, theme};

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Everything.
    All,
    /// These packages.
    Packages(Vec<String>),
    /// Nothing.
    Nothing,
}

/// Asks until an answer makes sense. Where the input ends nothing is wanted: half a word is no consent.
pub fn ask(console: &Console, plan: &PublishPlan) -> Choice {
    let packages = writable(plan);
    let names: Vec<&str> = packages.iter().map(|(name, _)| name.as_str()).collect();
    if names.len() < 2 {
        return Choice::All;
    }
    console.before_question(list(&packages));
    loop {
        let question = "publish which? numbers or names, `none`; enter for all:";
        let Some(answer) = console.ask(question) else { return Choice::Nothing };
        match read(&answer, &names) {
            Ok(choice) => return choice,
            Err(problem) => console.before_question(problem),
        }
    }
}

/// The packages that something would be written of, each with what.
fn writable(plan: &PublishPlan) -> Vec<(String, String)> {
    let of = |package: PackageState| {
        let writes = plan.decisions.iter().filter(|of| of.origin.package() == package.package && of.writes());
        let words: Vec<&str> = writes.map(|of| table::state(of.state)).collect();
        let kinds: BTreeSet<&str> = words.iter().copied().collect();
        let number = |kind: &str| words.iter().filter(|word| **word == kind).count();
        let what: Vec<String> = kinds.into_iter().map(|kind| format!("{} {kind}", number(kind))).collect();
        (!what.is_empty()).then(|| (package.package.clone(), what.join(", ")))
    };
    PackageState::of_decisions(&plan.decisions).into_iter().filter_map(of).collect()
}

fn list(packages: &[(String, String)]) -> String {
    let width = packages.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let digits = packages.len().to_string().len();
    let mut lines = vec![theme::paint(
        theme::BOLD,
        format!("{} have something to publish", count(packages.len(), "package")),
    )];
    lines.extend(packages.iter().enumerate().map(|(at, (name, what))| {
        format!("  {:>digits$}  {name:<width$}  {}", at + 1, theme::paint(theme::DIM, what))
    }));
    lines.join("\n")
}

/// Reads an answer: nothing and `all` are all of them; numbers and names, with blanks or commas between.
fn read(answer: &str, names: &[&str]) -> Result<Choice, String> {
    let words: Vec<&str> = answer.split([' ', ',', '\t']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [] => return Ok(Choice::All),
        [word] if word.eq_ignore_ascii_case("all") => return Ok(Choice::All),
        [word] if ["none", "n", "no", "q", "quit"].iter().any(|no| word.eq_ignore_ascii_case(no)) => {
            return Ok(Choice::Nothing);
        }
        _ => {}
    }
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    for word in words {
        let by_number = word.parse::<usize>().ok().filter(|number| (1..=names.len()).contains(number));
        let at = by_number.map(|number| number - 1).or_else(|| names.iter().position(|name| *name == word));
        chosen.insert(at.ok_or_else(|| {
            format!(
                "`{word}` is none of them: write numbers from 1 to {}, names, `all` or `none`",
                names.len()
            )
        })?);
    }
    Ok(Choice::Packages(chosen.into_iter().map(|at| names[at].to_owned()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        let names = ["arvel-audit", "arvel-auth", "arvel-media"];
        let some =
            |names: &[&str]| Ok(Choice::Packages(names.iter().map(|name| (*name).to_owned()).collect()));
        let table = [
            ("", Ok(Choice::All)),
            ("  ", Ok(Choice::All)),
            ("all", Ok(Choice::All)),
            ("none", Ok(Choice::Nothing)),
            ("Q", Ok(Choice::Nothing)),
            ("2", some(&["arvel-auth"])),
            ("3, 1", some(&["arvel-audit", "arvel-media"])),
            ("arvel-media 3", some(&["arvel-media"])),
            ("1,arvel-auth", some(&["arvel-audit", "arvel-auth"])),
        ];
        for (answer, expected) in table {
            assert_eq!(read(answer, &names), expected, "{answer}");
        }
        for wrong in ["0", "4", "1-2", "arvel", "1 none", "-1", "99999999999999999999"] {
            let problem = read(wrong, &names).unwrap_err();
            assert!(problem.contains("is none of them: write numbers from 1 to 3"), "{wrong}: {problem}");
        }
    }
}
