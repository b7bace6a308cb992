-- up
-- while foreign keys are off
DROP TABLE "posts";

-- down
CREATE TABLE "posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) NOT NULL
);
