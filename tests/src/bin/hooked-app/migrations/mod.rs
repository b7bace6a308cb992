//! The migrations of this folder; `arvel make sync` rewrites the list between the markers.

arvel_migrate::line!("default");

// arvel:begin
#[path = "2025_12_31_000000_create_deployments.rs"]
mod m_2025_12_31_000000_create_deployments;
#[path = "2026/2026_01_01_000000_create_users_table.rs"]
mod m_2026_01_01_000000_create_users_table;
arvel_migrate::sql!("2026/2026_01_02_000000_add_names.sql");
#[path = "2026/2026_01_03_000000_create_orders.rs"]
mod m_2026_01_03_000000_create_orders;
// arvel:end
