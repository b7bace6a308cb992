-- up
ALTER TABLE "posts" DROP CONSTRAINT "posts_status_check";

-- down
ALTER TABLE "posts" ADD CONSTRAINT "posts_status_check" CHECK ("status" IN ('draft', 'live'));
