//! The migrations of this folder; `arvel make sync` rewrites the list between the markers.

arvel_migrate::line!("default");

// arvel:begin
#[path = "2026_11_20_143002_create_posts_table.rs"]
mod m_2026_11_20_143002_create_posts_table;
#[path = "2026_11_20_143003_add_extras_to_posts_table.rs"]
mod m_2026_11_20_143003_add_extras_to_posts_table;
#[path = "2026_11_20_143004_remove_extras_from_posts_table.rs"]
mod m_2026_11_20_143004_remove_extras_from_posts_table;
#[path = "2026_11_20_143005_tidy_up.rs"]
mod m_2026_11_20_143005_tidy_up;
arvel_migrate::sql!("2026_11_20_143006_by_hand.sql");
#[path = "2026_11_20_143007_begin_search.rs"]
mod m_2026_11_20_143007_begin_search;
#[path = "2026_11_20_143008_join_search.rs"]
mod m_2026_11_20_143008_join_search;
// arvel:end
