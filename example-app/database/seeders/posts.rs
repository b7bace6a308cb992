//! Two published posts with their covers. The files lie in `storage/covers`.

use arvel_migrate::prelude::*;

seeder! { name: "posts", after: ["users"], environments: [development, testing], run }

struct Sample {
    slug: &'static str,
    title: &'static str,
    body: &'static str,
    author: &'static str,
    published_at: &'static str,
    cover_uuid: &'static str,
}

const SAMPLES: [Sample; 2] = [
    Sample {
        slug: "notes-on-the-engine",
        title: "Notes on the engine",
        body: "It has no pretensions to originate anything. It can do whatever we know how to order it to perform.",
        author: "ada@example.com",
        published_at: "2026-11-18 09:30:00",
        cover_uuid: "0d0c2f0e-4c6a-4a1e-9d53-6a0f6c1f7b11",
    },
    Sample {
        slug: "a-nanosecond-of-wire",
        title: "A nanosecond of wire",
        body: "Thirty centimetres: so far light gets in a billionth of a second.",
        author: "grace@example.com",
        published_at: "2026-11-20 15:00:00",
        cover_uuid: "5b7f3c92-8a55-4d0b-8b1c-2f6f0a9d3e22",
    },
];

async fn run(db: &mut Db) -> DataResult {
    for sample in &SAMPLES {
        add(db, sample).await?;
    }
    Ok(())
}

async fn add(db: &mut Db, sample: &Sample) -> DataResult {
    let Sample { slug, title, body, author, published_at, cover_uuid } = *sample;
    let p: Vec<String> = (1..=5).map(|n| db.placeholder(n)).collect();
    if key(db, &format!("SELECT id FROM posts WHERE slug = {}", p[0]), slug).await?.is_some() {
        return Ok(());
    }
    let author = key(db, &format!("SELECT id FROM users WHERE email = {}", p[0]), author).await?;
    // The instant is a literal: a PostgreSQL text argument is no timestamp. So is the UUID below.
    let insert = format!(
        "INSERT INTO posts (author_id, title, slug, body, published_at) \
         VALUES ({}, {}, {}, {}, '{published_at}')",
        p[0], p[1], p[2], p[3]
    );
    db.execute(&insert, &[author.into(), title.into(), slug.into(), body.into()]).await?;
    let post = key(db, &format!("SELECT id FROM posts WHERE slug = {}", p[0]), slug).await?;
    let insert = format!(
        "INSERT INTO media (uuid, attachable_type, attachable_id, collection, file_name, path, mime_type, size, \
         uploaded_by) VALUES ('{cover_uuid}', 'post', {}, 'cover', {}, {}, 'image/svg+xml', {}, {})",
        p[0], p[1], p[2], p[3], p[4]
    );
    let (file, path) = (format!("{slug}.svg"), format!("covers/{slug}.svg"));
    let size = i64::try_from(cover(slug).len())?;
    db.execute(&insert, &[post.into(), file.into(), path.into(), size.into(), author.into()]).await?;
    Ok(())
}

async fn key(
    db: &mut Db,
    sql: &str,
    value: &str,
) -> Result<Option<i64>, Box<dyn std::error::Error + Send + Sync>> {
    Ok(db.fetch_one(sql, &[value.into()]).await?.and_then(|row| row.integer("id")))
}

fn cover(slug: &str) -> &'static str {
    match slug {
        "notes-on-the-engine" => include_str!("../../storage/covers/notes-on-the-engine.svg"),
        _ => include_str!("../../storage/covers/a-nanosecond-of-wire.svg"),
    }
}
