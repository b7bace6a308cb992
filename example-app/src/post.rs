//! Posts: what is stored, what is sent in, and what makes it acceptable.
//!
//! What can be told without the database is told here, all of it at once; whether the author exists and the slug is free
//! is for the database's own keys to say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 200;

/// A post as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Post {
    /// The key.
    pub id: i64,
    /// The title.
    pub title: String,
    /// The title as part of an address; no two posts share one.
    pub slug: String,
    /// The text.
    pub body: String,
    /// The author's key.
    pub author_id: i64,
    /// The author's name.
    pub author: String,
    /// Where the cover lies, `covers/a.svg`.
    pub cover: Option<String>,
    /// When it was published, as RFC 3339 in UTC; a draft never was.
    pub published_at: Option<String>,
}

arvel_migrate::from_row!(Post { id, title, slug, body, author_id, author, cover, published_at });

/// What `POST /posts` takes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostForm {
    title: String,
    #[serde(default)]
    body: String,
    author_id: i64,
    #[serde(default)]
    draft: bool,
}

/// A post that may be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewPost {
    /// The title.
    pub title: String,
    /// The title as part of an address.
    pub slug: String,
    /// The text.
    pub body: String,
    /// The author's key.
    pub author_id: i64,
    /// Whether it stays unpublished.
    pub draft: bool,
}

/// What is wrong, by field.
pub type Mistakes = BTreeMap<&'static str, String>;

impl PostForm {
    /// The post, or what is wrong with it.
    pub fn check(self) -> Result<NewPost, Mistakes> {
        let title = self.title.trim().to_owned();
        let slug = slug(&title);
        let mistake = if title.is_empty() {
            Some("must not be empty".to_owned())
        } else if title.chars().count() > LONGEST_TITLE {
            Some(format!("must not have more than {LONGEST_TITLE} characters"))
        } else if slug.is_empty() {
            Some("needs a letter or a digit".to_owned())
        } else {
            None
        };
        match mistake {
            Some(mistake) => Err(Mistakes::from([("title", mistake)])),
            None => {
                Ok(NewPost { title, slug, body: self.body, author_id: self.author_id, draft: self.draft })
            }
        }
    }
}

/// `Hello, World!` as `hello-world`.
fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    // A few letters become two in lower case; the column takes 255.
    slug.chars().take(LONGEST_TITLE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str) -> Result<String, String> {
        let form = PostForm { title: title.to_owned(), body: String::new(), author_id: 1, draft: false };
        form.check().map(|post| post.slug).map_err(|mistakes| mistakes["title"].clone())
    }

    #[test]
    fn titles() {
        let longest = "a".repeat(200);
        let cases = [
            ("Hello, World!", Ok("hello-world")),
            ("  Größe — 2 ", Ok("größe-2")),
            (longest.as_str(), Ok(longest.as_str())),
            ("", Err("must not be empty")),
            (" \n", Err("must not be empty")),
            ("?!", Err("needs a letter or a digit")),
            (&"a".repeat(201), Err("must not have more than 200 characters")),
        ];
        for (title, expected) in cases {
            assert_eq!(check(title), expected.map(str::to_owned).map_err(str::to_owned), "{title:?}");
        }
    }
}
