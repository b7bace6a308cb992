-- up
ALTER MATERIALIZED VIEW "live_posts" RENAME TO "Posts that are live";

-- down
ALTER MATERIALIZED VIEW "Posts that are live" RENAME TO "live_posts";
