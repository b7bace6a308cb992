-- up
REFRESH MATERIALIZED VIEW CONCURRENTLY "live_posts";

-- down
-- nothing to do
