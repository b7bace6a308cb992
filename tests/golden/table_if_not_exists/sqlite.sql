-- up
CREATE TABLE IF NOT EXISTS "posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) NOT NULL
);

-- down
-- while foreign keys are off
DROP TABLE "posts";
