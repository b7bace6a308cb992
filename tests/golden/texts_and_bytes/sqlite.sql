-- up
CREATE TABLE "texts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "code" char(3) NOT NULL,
    "title" varchar(255) NOT NULL,
    "slug" varchar(40) NOT NULL,
    "body" text NOT NULL,
    "more" text NOT NULL,
    "most" text NOT NULL,
    "bytes" blob NOT NULL
);

-- down
-- while foreign keys are off
DROP TABLE "texts";
