//! Scripts with the number of their statements, in a file for each database. Each is valid, and its effect is looked at
//! in [`clients`](super::clients).

/// One script of a file: below `=== name: count`, up to the next. `␍` stands for a carriage return.
pub(super) struct Script {
    pub(super) name: &'static str,
    pub(super) count: usize,
    /// Whether the vendor's client runs it as it is. It does not where a body needs a `DELIMITER`.
    pub(super) client: bool,
    /// Whether the server runs it as it is. It does not where there is a `DELIMITER`.
    pub(super) server: bool,
    pub(super) text: String,
}

pub(super) fn scripts(family: &str) -> Vec<Script> {
    let file = match family {
        "sqlite" => include_str!("corpus/sqlite.sql"),
        "postgres" => include_str!("corpus/postgres.sql"),
        _ => include_str!("corpus/mysql.sql"),
    };
    file.split("=== ").skip(1).map(script).collect()
}

fn script(section: &'static str) -> Script {
    let (head, text) = section.split_once('\n').expect("a line with the name");
    let (name, facts) = head.rsplit_once(": ").expect("a name and a count");
    let mut facts = facts.split(' ');
    let count = facts.next().and_then(|count| count.parse().ok()).expect("a count");
    let only = facts.next();
    Script {
        name,
        count,
        client: only != Some("server"),
        server: only != Some("client"),
        text: text.trim_end_matches('\n').replace('␍', "\r"),
    }
}

#[test]
fn every_script_has_its_statements() {
    for (family, least) in [("sqlite", 40), ("postgres", 50), ("mysql", 50)] {
        let rules = super::rules(family);
        let scripts = scripts(family);
        assert!(scripts.len() >= least, "{family}: {}", scripts.len());
        for script in scripts {
            let pieces = super::split(&script.text, &rules);
            let pieces = pieces.unwrap_or_else(|error| panic!("{family}, {}: {error}", script.name));
            let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(texts.len(), script.count, "{family}, {}: {texts:#?}", script.name);
        }
    }
}
