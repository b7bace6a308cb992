//! The stubs hold on every database that can be reached, and leave what the model reads.

use arvel_audit::AuditEntry;
use arvel_migrate::testing::{Engine, TestDatabase, check_package, outline, package_migrations};

const PACKAGE: &str = env!("CARGO_PKG_NAME");

const TABLE: &str = "id key counts
actor_type null
actor_id null
auditable_type
auditable_id
event
old_values null
new_values null
ip_address null
user_agent null
url null
created_at
index audit_entries_actor_type_actor_id_index (actor_type, actor_id)
index audit_entries_auditable_type_auditable_id_index (auditable_type, auditable_id)
index audit_entries_created_at_index (created_at)";

#[tokio::test]
async fn the_stubs_hold_on_every_database() {
    let report = check_package(PACKAGE).await.unwrap();
    assert_eq!(report.stubs, ["create_audit_entries_table"]);
    assert_eq!(report.tables, ["audit_entries"]);
}

#[tokio::test]
async fn the_table_on_every_database() {
    for engine in Engine::ALL {
        let migrations = package_migrations(PACKAGE).unwrap();
        let Some(database) = TestDatabase::migrated(engine, migrations).await.unwrap() else { continue };
        assert_eq!(
            outline(&database.schema().await.unwrap(), "audit_entries").join("\n"),
            TABLE,
            "{engine:?}"
        );

        let mut db = database.connect().await.unwrap();
        db.execute(
            "INSERT INTO audit_entries (auditable_type, auditable_id, event, new_values) \
             VALUES ('post', 7, 'created', '{\"title\": \"A\"}')",
            &[],
        )
        .await
        .unwrap();
        let found: AuditEntry = if let Some(connection) = db.sqlite() {
            sqlx::query_as(AuditEntry::SELECT).fetch_one(connection).await.unwrap()
        } else if let Some(connection) = db.postgres() {
            sqlx::query_as(AuditEntry::SELECT).fetch_one(connection).await.unwrap()
        } else {
            sqlx::query_as(AuditEntry::SELECT_MYSQL).fetch_one(db.mysql().unwrap()).await.unwrap()
        };
        assert_eq!((found.id, found.actor_id, found.auditable_id), (1, None, 7));
        assert!(found.created_at.starts_with("20"), "{found:?}");
        let (before, after): (Option<serde_json::Value>, Option<serde_json::Value>) =
            (found.before().unwrap(), found.after().unwrap());
        assert_eq!((before, after), (None, Some(serde_json::json!({ "title": "A" }))));
    }
}
