-- up
ALTER TABLE "posts"
    DROP CONSTRAINT "posts_status_check",
    ADD CONSTRAINT "posts_status_check" CHECK ("status" IN ('draft', 'live', 'gone'));

-- down
ALTER TABLE "posts"
    DROP CONSTRAINT "posts_status_check",
    ADD CONSTRAINT "posts_status_check" CHECK ("status" IN ('draft', 'live'));
