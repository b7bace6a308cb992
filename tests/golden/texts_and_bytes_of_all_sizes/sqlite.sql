-- up
CREATE TABLE "texts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "tiny" text NOT NULL,
    "token" blob(20) NOT NULL,
    "digest" blob(16) NOT NULL,
    "picture" blob NOT NULL,
    "film" blob NOT NULL
);

-- down
-- while foreign keys are off
DROP TABLE "texts";
