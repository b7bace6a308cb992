-- up
COMMENT ON COLUMN "posts"."title" IS 'the headline';
COMMENT ON TABLE "posts" IS 'what is published';

-- down
COMMENT ON COLUMN "posts"."title" IS 'the title';
COMMENT ON TABLE "posts" IS 'all posts';
