-- up
CREATE TABLE "posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "status" varchar NOT NULL DEFAULT 'draft' CONSTRAINT "posts_status_check" CHECK ("status" IN ('draft', 'it''s out'))
);

-- down
-- while foreign keys are off
DROP TABLE "posts";
