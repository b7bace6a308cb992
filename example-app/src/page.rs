//! The list of posts as a page: text in, text out. Everything that a person wrote is escaped.

use std::fmt::Write;

use crate::post::Post;

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Posts</title>
<style>
body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #222 }
article { margin: 3rem 0 }
h2 { margin: .5rem 0 0 }
small { color: #666 }
img { width: 100%; aspect-ratio: 3 / 1; object-fit: cover; border-radius: .5rem }
p { white-space: pre-line }
</style>
<h1>Posts</h1>
"#;

/// The page.
pub(crate) fn page(posts: &[Post]) -> String {
    let mut page = HEAD.to_owned();
    if posts.is_empty() {
        page.push_str("<p>Nothing has been published yet.</p>\n");
    }
    for post in posts {
        page.push_str("<article>\n");
        if let Some(cover) = &post.cover {
            // Writing into a text can not fail.
            let _ = writeln!(page, r#"<img src="/{}" alt="">"#, escape(cover));
        }
        let day = post.published_at.as_deref().and_then(|instant| instant.get(..10)).unwrap_or("draft");
        let (title, author, body) = (escape(&post.title), escape(&post.author), escape(&post.body));
        let _ = writeln!(page, "<h2>{title}</h2>\n<small>{author}, {day}</small>\n<p>{body}</p>\n</article>");
    }
    page
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wrote_is_text() {
        let post = Post {
            id: 1,
            title: "<script>alert('x')</script>".to_owned(),
            slug: String::new(),
            body: "a & b".to_owned(),
            author_id: 1,
            author: "O\"Neill".to_owned(),
            cover: Some("covers/\" onerror=\"x".to_owned()),
            published_at: Some("2026-11-20T15:01:00Z".to_owned()),
        };
        let page = page(&[post]);
        let article = &page[page.find("<article>").unwrap()..];
        let expected = "<article>\n<img src=\"/covers/&quot; onerror=&quot;x\" alt=\"\">\n\
            <h2>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</h2>\n<small>O&quot;Neill, 2026-11-20</small>\n\
            <p>a &amp; b</p>\n</article>\n";
        assert_eq!(article, expected);
    }
}
