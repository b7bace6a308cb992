//! The stubs hold on every database that can be reached, and leave what the model reads.

use arvel_media::Media;
use arvel_migrate::testing::{Engine, TestDatabase, check_package, outline, package_migrations};

const PACKAGE: &str = env!("CARGO_PKG_NAME");

const TABLE: &str = "id key counts
uuid
attachable_type
attachable_id
collection
file_name
disk
path
mime_type
size
custom_properties null
position
uploaded_by null
created_at
updated_at
index media_attachable_type_attachable_id_index (attachable_type, attachable_id)
index media_uploaded_by_index (uploaded_by)
unique media_disk_path_unique (disk, path)
unique media_uuid_unique (uuid)
(uploaded_by) -> users (id) on delete set null";

#[tokio::test]
async fn the_stubs_hold_on_every_database() {
    let report = check_package(PACKAGE).await.unwrap();
    assert_eq!(report.stubs, ["create_media_table"]);
    assert_eq!(report.needs, ["arvel-auth"]);
    assert_eq!(report.tables, ["media"]);
}

#[tokio::test]
async fn the_table_on_every_database() {
    for engine in Engine::ALL {
        let migrations = package_migrations(PACKAGE).unwrap();
        let Some(database) = TestDatabase::migrated(engine, migrations).await.unwrap() else { continue };
        assert_eq!(outline(&database.schema().await.unwrap(), "media").join("\n"), TABLE, "{engine:?}");

        let mut db = database.connect().await.unwrap();
        db.execute("INSERT INTO media (uuid, attachable_type, attachable_id, file_name, path, mime_type, size, custom_properties) \
             VALUES ('0d0c2f0e-4c6a-4a1e-9d53-6a0f6c1f7b11', 'post', 7, 'a.png', 'covers/a.png', 'image/png', 5000000000, '{\"width\": 3}')", &[]).await.unwrap();
        let found: Media = if let Some(connection) = db.sqlite() {
            sqlx::query_as(Media::SELECT).fetch_one(connection).await.unwrap()
        } else if let Some(connection) = db.postgres() {
            sqlx::query_as(Media::SELECT).fetch_one(connection).await.unwrap()
        } else {
            sqlx::query_as(Media::SELECT_MYSQL).fetch_one(db.mysql().unwrap()).await.unwrap()
        };
        assert_eq!((found.id, found.attachable_id, found.size, found.position), (1, 7, 5_000_000_000, 0));
        assert_eq!((found.collection.as_str(), found.disk.as_str()), ("default", "local"));
        assert_eq!((found.uuid.as_str(), found.uploaded_by), ("0d0c2f0e-4c6a-4a1e-9d53-6a0f6c1f7b11", None));
        let properties: Option<serde_json::Value> = found.properties().unwrap();
        assert_eq!(properties, Some(serde_json::json!({ "width": 3 })));
    }
}
