-- up
ALTER VIEW "live_posts" RENAME TO "Posts that are live";

-- down
ALTER VIEW "Posts that are live" RENAME TO "live_posts";
