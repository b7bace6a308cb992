-- up
CREATE TABLE "texts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) COLLATE "NOCASE" NOT NULL,
    "body" text COLLATE "NOCASE"
);
CREATE INDEX "texts_title_index" ON "texts" ("title");

-- down
-- while foreign keys are off
DROP TABLE "texts";
