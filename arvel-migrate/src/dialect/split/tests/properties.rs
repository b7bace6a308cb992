//! What holds for any text, and for texts whose statements are known.
//!
//! Each property is tried on 2000 texts; `PROPTEST_CASES=1000000` makes a night of it.

use proptest::{prelude::*, sample::Index};

use super::*;

fn config() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 2000;
    }
    config
}

/// Texts made of the words and marks that the splitter looks at.
fn sql_like() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "'",
        "\"",
        "`",
        "[",
        "]",
        "$$",
        "$a$",
        "/*",
        "/*!",
        "*/",
        "--",
        "-- ",
        "#",
        "\n",
        "\r\n",
        " ",
        ";",
        ";",
        "//",
        "\\",
        "E'",
        "(",
        ")",
        ".",
        ":",
        "@",
        "=",
        ",",
        "é",
        "1",
        "x",
        "CREATE ",
        "TRIGGER ",
        "PROCEDURE ",
        "FUNCTION ",
        "EVENT ",
        "RULE ",
        "FOR EACH ROW ",
        "BEGIN ",
        "NOT ",
        "ATOMIC ",
        "END ",
        "IF ",
        "THEN ",
        "ELSE ",
        "CASE ",
        "WHEN ",
        "LOOP ",
        "WHILE ",
        "DO ",
        "REPEAT ",
        "UNTIL ",
        "DECLARE ",
        "HANDLER ",
        "DELIMITER ",
        "COPY ",
        "FROM ",
        "STDIN ",
    ]);
    prop::collection::vec(words, 0..40).prop_map(|words| words.concat())
}

fn check_ranges(text: &str) {
    for family in ALL {
        let rules = rules(family);
        let Ok(pieces) = split(text, &rules) else { continue };
        let (mut joined, mut at) = (String::new(), 0);
        for piece in &pieces {
            assert!(piece.start >= at && !piece.text.is_empty());
            assert_eq!(piece.text.trim_ascii(), piece.text);
            assert_eq!(piece.line, text[..piece.start].matches('\n').count() + 1);
            joined.push_str(&text[at..piece.start]);
            joined.push_str(&piece.text);
            at = piece.start + piece.text.len();
        }
        joined.push_str(&text[at..]);
        assert_eq!(joined, text);
        if !text.to_ascii_lowercase().contains("delimiter") {
            for piece in pieces {
                check_alone(&piece.text, &rules);
            }
        }
    }
}

/// A statement that is sent alone means what it meant in its text.
fn check_alone(piece: &str, rules: &SqlRules) {
    // Two dashes at the end of a text begin a comment, where before a semicolon they are signs; and the first character
    // of a text may be its byte order mark.
    if (rules.dash_needs_space && piece.ends_with("--")) || piece.starts_with('\u{feff}') {
        return;
    }
    let again = split(piece, rules).map(|pieces| pieces.into_iter().map(|piece| piece.text).collect());
    assert_eq!(again, Ok(vec![piece.to_owned()]));
}

/// A script that somebody has damaged: parts cut out, doubled, or put elsewhere.
fn damaged(mut text: String, cuts: &[(Index, Index, Index)]) -> String {
    for (from, to, into) in cuts {
        let place = |index: &Index| text.floor_char_boundary(index.index(text.len() + 1));
        let (from, to, into) = (place(from), place(to), place(into));
        let part = text[from.min(to)..from.max(to)].to_owned();
        match part.len() % 3 {
            0 => text.replace_range(from.min(to)..from.max(to), ""),
            1 => text.insert_str(into, &part),
            _ => text.replace_range(from.min(to)..from.max(to), &part[..part.floor_char_boundary(1)]),
        }
    }
    text
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_is_put_together_again(text in "\\PC*", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        check_ranges(&text);
        check_ranges(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn damaged_scripts_are_put_together_again(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        cuts in prop::collection::vec(any::<(Index, Index, Index)>(), 1..4),
    ) {
        for family in ALL {
            check_ranges(&damaged(drawn::script(family, &bytes).text, &cuts));
        }
    }

    #[test]
    fn any_sql_is_put_together_again(text in sql_like()) {
        check_ranges(&text);
    }

    /// Whatever a quote or a comment holds, it ends no statement and moves no other.
    #[test]
    fn quoted_things_never_split(inside in "[^\0'\"`\\]\\\\$*/\n]*;[^\0'\"`\\]\\\\$*/\n]*", choice in 0_usize..5) {
        let (families, open, close) = [
            (ALL, "'", "'"),
            (ALL, "\"", "\""),
            // The space: `/*!` would be run by MySQL, quotes and `#` inside and all.
            (ALL, "/* ", "*/"),
            (POSTGRES, "$q$", "$q$"),
            (SQLITE, "[", "]"),
        ][choice];
        let statement = format!("SELECT {open}{inside}{close}, 1");
        pieces(families, &format!("{statement};\nSELECT 2"), &[(1, &statement), (2, "SELECT 2")]);
    }

    /// The statements of a script are those that it was made of.
    #[test]
    fn statements_are_those_that_were_drawn(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for family in ALL {
            let drawn = drawn::script(family, &bytes);
            let found = split(&drawn.text, &rules(family));
            let found = found.map(|pieces| pieces.into_iter().map(|piece| (piece.line, piece.text)).collect());
            prop_assert_eq!(found, Ok(drawn.pieces), "{}\n{}", family, drawn.text);
        }
    }
}
