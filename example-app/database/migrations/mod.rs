//! The migrations of this folder; `arvel make sync` rewrites the list between the markers.

arvel_migrate::line!("default");

// arvel:begin
#[path = "2026_11_20_150101_create_audit_entries_table.rs"]
mod m_2026_11_20_150101_create_audit_entries_table;
#[path = "2026_11_20_150102_create_users_table.rs"]
mod m_2026_11_20_150102_create_users_table;
#[path = "2026_11_20_150103_create_auth_refresh_tokens_table.rs"]
mod m_2026_11_20_150103_create_auth_refresh_tokens_table;
#[path = "2026_11_20_150104_create_password_resets_table.rs"]
mod m_2026_11_20_150104_create_password_resets_table;
#[path = "2026_11_20_150105_create_media_table.rs"]
mod m_2026_11_20_150105_create_media_table;
#[path = "2026_11_20_151000_create_posts_table.rs"]
mod m_2026_11_20_151000_create_posts_table;
// arvel:end
