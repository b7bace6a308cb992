-- up
REFRESH MATERIALIZED VIEW "live_posts";

-- down
-- nothing to do
