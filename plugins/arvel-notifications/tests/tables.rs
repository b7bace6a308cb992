//! The stubs hold on every database that can be reached, and leave what the model reads.

use arvel_migrate::testing::{Engine, TestDatabase, check_package, outline, package_migrations};
use arvel_notifications::Notification;

const PACKAGE: &str = env!("CARGO_PKG_NAME");

const TABLE: &str = "id key
type
notifiable_type
notifiable_id
data
read_at null
created_at
updated_at
index notifications_notifiable_type_notifiable_id_read_at_index (notifiable_type, notifiable_id, read_at)";

#[tokio::test]
async fn the_stubs_hold_on_every_database() {
    let report = check_package(PACKAGE).await.unwrap();
    assert_eq!(report.stubs, ["create_notifications_table"]);
    assert_eq!(report.tables, ["notifications"]);
}

#[tokio::test]
async fn the_table_on_every_database() {
    for engine in Engine::ALL {
        let migrations = package_migrations(PACKAGE).unwrap();
        let Some(database) = TestDatabase::migrated(engine, migrations).await.unwrap() else { continue };
        assert_eq!(
            outline(&database.schema().await.unwrap(), "notifications").join("\n"),
            TABLE,
            "{engine:?}"
        );

        let mut db = database.connect().await.unwrap();
        db.execute(
            "INSERT INTO notifications (id, type, notifiable_type, notifiable_id, data) \
             VALUES ('0d0c2f0e-4c6a-4a1e-9d53-6a0f6c1f7b11', 'post_published', 'user', 7, '{\"post\": 3}')",
            &[],
        )
        .await
        .unwrap();
        let found: Notification = if let Some(connection) = db.sqlite() {
            sqlx::query_as(Notification::SELECT).fetch_one(connection).await.unwrap()
        } else if let Some(connection) = db.postgres() {
            sqlx::query_as(Notification::SELECT).fetch_one(connection).await.unwrap()
        } else {
            sqlx::query_as(Notification::SELECT_MYSQL).fetch_one(db.mysql().unwrap()).await.unwrap()
        };
        assert_eq!(found.id, "0d0c2f0e-4c6a-4a1e-9d53-6a0f6c1f7b11");
        assert_eq!(
            (found.kind.as_str(), found.notifiable_id, found.read_at.as_deref()),
            ("post_published", 7, None)
        );
        let payload: serde_json::Value = found.payload().unwrap();
        assert_eq!(payload, serde_json::json!({ "post": 3 }));
    }
}
