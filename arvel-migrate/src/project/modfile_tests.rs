//! From a folder to its `mod.rs`, and again.

use super::*;

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn migrations(current: Option<&str>, files: &[&str]) -> Result<ModuleFile, ModuleFileError> {
    render_module(current, &names(files), &FolderKind::migrations())
}

const LIST: &str = "\
//! The migrations of this folder; `arvel make sync` rewrites the list between the markers.

arvel_migrate::line!(\"default\");

// arvel:begin
#[path = \"2_B.x.rs\"]
mod m_2_b_x;
#[path = \"2026_11_20_143000_create_posts_table.rs\"]
mod m_2026_11_20_143000_create_posts_table;
arvel_migrate::sql!(\"20261120143001_c.sql\");
arvel_migrate::sql!(\"2026_11_20_143002_d.up.sql\", \"2026_11_20_143002_d.down.sql\");
// arvel:end
";
const FILES: [&str; 8] = [
    "2026_11_20_143002_d.up.sql",
    "2026_11_20_143002_d.down.sql",
    "20261120143001_c.sql",
    "2026_11_20_143000_create_posts_table.rs",
    "2_B.x.rs",
    "mod.rs",
    ".publishing",
    "2_b.rs.bak",
];

#[test]
fn the_list_comes_from_the_folder_and_stays_as_it_is() {
    let first = migrations(None, &FILES).expect("rendered");
    assert_eq!(first.text, LIST);
    assert_eq!(first.added.len(), 5);
    let second = migrations(Some(&first.text), &FILES).expect("rendered");
    assert_eq!((second.text.as_str(), second.added.len(), second.removed.len()), (LIST, 0, 0));
    let crlf = migrations(Some(&LIST.replace('\n', "\r\n")), &FILES).expect("rendered");
    assert_eq!(crlf.text, LIST);
    let empty = migrations(Some(LIST), &[]).expect("rendered");
    assert!(empty.text.contains("// arvel:begin\n// arvel:end\n"));
    assert_eq!(empty.removed.len(), 5);
}

#[test]
fn what_people_write_outside_the_markers_is_kept_and_counts() {
    let own = "//! Mine.\n\nuse x::y;\nmod helpers;\n#[cfg(all())]\n#[path = \"1_a.rs\"]\nmod a;\n#[path = \"gone.rs\"]\nmod gone;\n";
    let module = migrations(Some(own), &["helpers.rs", "1_a.rs", "2_b.rs"]).expect("rendered");
    let expected = format!(
        "{own}\narvel_migrate::line!(\"default\");\n\n// arvel:begin\n#[path = \"2_b.rs\"]\nmod m_2_b;\n// arvel:end\n"
    );
    assert_eq!(module.text, expected);
    assert_eq!((module.added, module.missing), (names(&["2_b.rs"]), names(&["gone.rs"])));
    let tail = format!("{}\nfn after() {{}}\n", module.text);
    let next = migrations(Some(&tail), &["helpers.rs", "1_a.rs"]).expect("rendered");
    assert_eq!(next.text, tail.replace("#[path = \"2_b.rs\"]\nmod m_2_b;\n", ""));
}

#[test]
fn a_formatters_order_is_left_alone() {
    let sorted = "arvel_migrate::line!(\"x\");\n// arvel:begin\n#[path = \"10_b.rs\"] mod m_10_b;\n#[path = \"2_a.rs\"]\nmod m_2_a;\n// arvel:end\n";
    let module = migrations(Some(sorted), &["2_a.rs", "10_b.rs"]).expect("rendered");
    assert_eq!(module.text, sorted);
}

#[test]
fn seeders_have_no_line_and_names_stay_apart() {
    let files = names(&["users.rs", "type.rs", "a-b.rs", "a.b.rs", "1.rs", "mod.rs", "x.sql"]);
    let module = render_module(None, &files, &FolderKind::Seeders).expect("rendered");
    let block: Vec<&str> = module.text.lines().filter(|line| line.starts_with("mod ")).collect();
    assert_eq!(block, ["mod s_1;", "mod a_b;", "mod a_b_2;", "mod s_type;", "mod users;"]);
    assert!(!module.text.contains("line!"));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let cases: [(Option<&str>, &[&str], &str); 6] = [
        (None, &["1_a.up.sql"], "`1_a.up.sql` is one half of a pair; `1_a.down.sql` is not there"),
        (None, &["1_a.rs", "1_a.sql"], "`1_a.rs` and `1_a.sql` have one stem, and a stem is one revision"),
        (
            Some("// arvel:begin\n"),
            &[],
            "`mod.rs` needs `// arvel:begin` and then `// arvel:end` once each; line 1 has one too many or without its partner",
        ),
        (
            Some("x;\n// arvel:end\n"),
            &[],
            "`mod.rs` needs `// arvel:begin` and then `// arvel:end` once each; line 2 has one too many or without its partner",
        ),
        (
            Some("// arvel:begin\n// arvel:end\n// arvel:begin\n// arvel:end\n"),
            &[],
            "`mod.rs` needs `// arvel:begin` and then `// arvel:end` once each; line 3 has one too many or without its partner",
        ),
        (
            None,
            &["1_a.up.sql", "1_a.down.sql", "1_a.sql"],
            "`1_a.sql` and `1_a.up.sql` have one stem, and a stem is one revision",
        ),
    ];
    for (current, files, message) in cases {
        let error = migrations(current, files).expect_err(message);
        assert_eq!(error.to_string(), message);
        assert!(!error.hint().is_empty());
    }
    assert!(matches!(migrations(Some("mod x { "), &[]), Err(ModuleFileError::Syntax { .. })));
}
