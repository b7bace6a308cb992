//! The stubs hold on every database that can be reached, and leave what the models read.

use arvel_auth::{PasswordReset, RefreshToken, User};
use arvel_migrate::testing::{Engine, TestDatabase, check_package, outline, package_migrations};

const PACKAGE: &str = env!("CARGO_PKG_NAME");

/// One row of each model, on whatever database it is.
macro_rules! read {
    ($db:expr, $($model:ty),*) => {
        if let Some(connection) = $db.sqlite() {
            ($(sqlx::query_as::<_, $model>(<$model>::SELECT).fetch_one(&mut *connection).await.unwrap()),*)
        } else if let Some(connection) = $db.postgres() {
            ($(sqlx::query_as::<_, $model>(<$model>::SELECT).fetch_one(&mut *connection).await.unwrap()),*)
        } else {
            let connection = $db.mysql().unwrap();
            ($(sqlx::query_as::<_, $model>(<$model>::SELECT_MYSQL).fetch_one(&mut *connection).await.unwrap()),*)
        }
    };
}

const USERS: &str = "id key counts
name
email
email_verified_at null
password
remember_token null
created_at
updated_at
unique users_email_unique (email)";

const REFRESH_TOKENS: &str = "id key counts
user_id
token_hash
family
expires_at
revoked_at null
created_at
updated_at
index auth_refresh_tokens_expires_at_index (expires_at)
index auth_refresh_tokens_family_index (family)
index auth_refresh_tokens_user_id_index (user_id)
unique auth_refresh_tokens_token_hash_unique (token_hash)
(user_id) -> users (id) on delete cascade";

const PASSWORD_RESETS: &str = "id key counts
email
token_hash
created_at
expires_at
index password_resets_email_index (email)
unique password_resets_token_hash_unique (token_hash)";

#[tokio::test]
async fn the_stubs_hold_on_every_database() {
    let report = check_package(PACKAGE).await.unwrap();
    assert_eq!(
        report.stubs,
        ["create_users_table", "create_auth_refresh_tokens_table", "create_password_resets_table"]
    );
    assert_eq!(report.tables, ["auth_refresh_tokens", "password_resets", "users"]);
}

#[tokio::test]
async fn tables_on_every_database() {
    for engine in Engine::ALL {
        let migrations = package_migrations(PACKAGE).unwrap();
        let Some(database) = TestDatabase::migrated(engine, migrations).await.unwrap() else { continue };
        let schema = database.schema().await.unwrap();
        for (table, expected) in
            [("users", USERS), ("auth_refresh_tokens", REFRESH_TOKENS), ("password_resets", PASSWORD_RESETS)]
        {
            assert_eq!(outline(&schema, table).join("\n"), expected, "{engine:?} {table}");
        }
    }
}

#[tokio::test]
async fn models_read_their_tables() {
    const ROWS: [&str; 3] = [
        "INSERT INTO users (name, email, password) VALUES ('Ada', 'ada@example.com', 'hash')",
        "INSERT INTO auth_refresh_tokens (user_id, token_hash, family, expires_at) VALUES (1, 'one', \
         '0d0c2f0e-4c6a-4a1e-9d53-6a0f6c1f7b11', '2030-01-02 03:04:05')",
        "INSERT INTO password_resets (email, token_hash, expires_at) VALUES ('ada@example.com', 'two', \
         '2030-01-02 03:04:05')",
    ];
    for engine in Engine::ALL {
        let migrations = package_migrations(PACKAGE).unwrap();
        let Some(database) = TestDatabase::migrated(engine, migrations).await.unwrap() else { continue };
        let mut db = database.connect().await.unwrap();
        for row in ROWS {
            db.execute(row, &[]).await.unwrap();
        }
        let (user, token, reset) = read!(db, User, RefreshToken, PasswordReset);
        let mail = "ada@example.com";
        assert_eq!((user.id, user.email.as_str(), user.email_verified_at.as_deref()), (1, mail, None));
        assert!(user.created_at.starts_with("20"), "{user:?}");
        assert_eq!((token.user_id, token.family.as_str()), (1, "0d0c2f0e-4c6a-4a1e-9d53-6a0f6c1f7b11"));
        assert!(token.expires_at.starts_with("2030-01-02 03:04:05"), "{token:?}");
        assert_eq!((reset.id, reset.email.as_str()), (1, mail));
    }
}

#[test]
fn secrets_are_not_shown() {
    let user = User {
        id: 1,
        name: "Ada".to_owned(),
        email: "ada@example.com".to_owned(),
        email_verified_at: None,
        password: "hidden".to_owned(),
        remember_token: Some("hidden".to_owned()),
        created_at: String::new(),
        updated_at: String::new(),
    };
    assert!(!format!("{user:?}").contains("hidden"));
    assert!(!serde_json::to_string(&user).unwrap().contains("hidden"));
}
