//! The stub on every database that can be reached: it applies, leaves what the model reads, and goes back.

use arvel_media::Media;
use arvel_migrate::{
    RollbackRequest, UpgradeRequest,
    testing::{Engine, TestDatabase, bundled_migrations, outline},
};

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
async fn the_table_on_every_database() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let migrator = database.migrator(bundled_migrations().unwrap()).unwrap();
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
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

        database.assert_no_drift(engine, bundled_migrations().unwrap()).await.unwrap();
        migrator.rollback(&RollbackRequest::All).await.unwrap();
        let left: Vec<_> = database.schema().await.unwrap().tables.into_keys().collect();
        assert_eq!(left, [], "{engine:?}");
        database.assert_reversible(bundled_migrations().unwrap()).await.unwrap();
    }
}
