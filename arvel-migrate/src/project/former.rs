//! The texts that files had before a write, and the `mod.rs` that lists them while the write is under way.
//!
//! Files are overwritten one after the other, and a crash between two would leave a set that is neither the old one nor
//! the new one. So the old texts are laid beside them first, each under its own name (a migration is called like its file)
//! in a hidden folder, and `mod.rs` lists them there; then the files are overwritten, which nobody lists; then `mod.rs`
//! lists the files again. Pure texts: what is written is `write.rs`.

/// The hidden folder, in the folder of each file.
pub(super) const FOLDER: &str = ".publishing-former";

/// Before the name of a module that had no path.
const BARE: &str = "./";

/// Where the old text of a file lies: `2026/.publishing-former/1_a.rs` of `2026/1_a.rs`.
pub(super) fn former(name: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, own)) => format!("{folder}/{FOLDER}/{own}"),
        None => format!("{FOLDER}/{name}"),
    }
}

/// What names other files from where a Rust file lies.
const INCLUDES: [&str; 5] =
    ["include_sql!(\"", "include_str!(\"", "include_bytes!(\"", "include!(\"", "#[path = \""];

/// The old text of a file as it is compiled from there: what it includes lies one folder further up.
pub(super) fn moved(name: &str, text: &str) -> String {
    let includes = INCLUDES.iter().filter(|_| name.ends_with(".rs"));
    includes.fold(text.to_owned(), |text, word| text.replace(word, &format!("{word}../")))
}

/// Undoes [`moved`].
pub(super) fn moved_back(name: &str, text: &str) -> String {
    let includes = INCLUDES.iter().filter(|_| name.ends_with(".rs"));
    includes.fold(text.to_owned(), |text, word| text.replace(&format!("{word}../"), word))
}

/// A `mod.rs` that lists the old texts of files.
pub(super) fn listing_former(module: &str, names: &[&str]) -> String {
    let mut text = module.to_owned();
    for name in names {
        text = text.replace(&format!("\"{name}\""), &format!("\"{}\"", former(name)));
        let bare = name.strip_suffix(".rs").filter(|word| !word.contains('/'));
        if let Some(word) = bare {
            text = bare_modules(&text, word, &format!("#[path = \"{FOLDER}/{BARE}{name}\"] "));
        }
    }
    text
}

/// Puts an attribute before `mod word;` where none is.
fn bare_modules(text: &str, word: &str, attribute: &str) -> String {
    let item = format!("mod {word};");
    let mut before = "";
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let code = line.trim_start();
        let is_it = code.strip_prefix("pub ").unwrap_or(code).starts_with(&item);
        let has_path = before.trim_end().ends_with(']') && before.contains("path");
        if is_it && !has_path {
            let (indent, rest) = line.split_at(line.len() - code.len());
            out.push_str(&format!("{indent}{attribute}{rest}"));
        } else {
            out.push_str(line);
        }
        before = line;
    }
    out
}

/// Whether a `mod.rs` lists old texts.
pub(super) fn lists_former(module: &str) -> bool {
    module.contains(&format!("{FOLDER}/"))
}

/// Undoes [`listing_former`].
pub(super) fn listing_files(module: &str) -> String {
    let mut text = module.to_owned();
    let begin = format!("#[path = \"{FOLDER}/{BARE}");
    while let Some(from) = text.find(&begin) {
        let to = text[from..].find("] ").map_or(text.len(), |at| from + at + "] ".len());
        text.replace_range(from..to, "");
    }
    text.replace(&format!("{FOLDER}/"), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_old_texts_is_one_of_the_same_modules_and_goes_back() {
        let module = "mod own;\n    pub mod m_bare; // mine\n#[path = \"m_other.rs\"]\nmod m_bare_not;\n\
             // arvel:begin\n#[path = \"1_a.rs\"]\nmod m_1_a;\n#[path = \"2026/2_b.rs\"]\nmod m_2_b;\n\
             arvel_migrate::sql!(\"3_c.up.sql\", \"3_c.down.sql\");\n#[path = \"4_d.rs\"]\nmod m_4_d;\n// arvel:end\n";
        let names = ["m_bare.rs", "1_a.rs", "2026/2_b.rs", "3_c.down.sql", "not_listed.rs"];
        let listed = listing_former(module, &names);
        assert_eq!(
            listed,
            "mod own;\n    #[path = \".publishing-former/./m_bare.rs\"] pub mod m_bare; // mine\n\
             #[path = \"m_other.rs\"]\nmod m_bare_not;\n// arvel:begin\n\
             #[path = \".publishing-former/1_a.rs\"]\nmod m_1_a;\n\
             #[path = \"2026/.publishing-former/2_b.rs\"]\nmod m_2_b;\n\
             arvel_migrate::sql!(\"3_c.up.sql\", \".publishing-former/3_c.down.sql\");\n\
             #[path = \"4_d.rs\"]\nmod m_4_d;\n// arvel:end\n"
        );
        assert!(lists_former(&listed) && !lists_former(module));
        assert_eq!(listing_files(&listed), module);
    }

    #[test]
    fn what_a_moved_text_includes_is_found_from_there() {
        let text = "#[path = \"part.rs\"]\nmod part;\nfn up() { include_sql!(\"../data/1.sql\"); include_str!(\"x\") }\n";
        let there = moved("1_a.rs", text);
        assert!(there.contains("\"../part.rs\"") && there.contains("(\"../../data/1.sql\")"), "{there}");
        assert_eq!(moved_back("1_a.rs", &there), text);
        assert_eq!(moved("1_a.sql", text), text);
    }
}
