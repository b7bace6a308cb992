-- up
CREATE TABLE "posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "created_at" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" timestamp(3),
    "remember_token" varchar(100)
);

-- down
-- while foreign keys are off
DROP TABLE "posts";
