-- up
CREATE TABLE "pages" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "parent_id" integer,
    CONSTRAINT "pages_parent_id_foreign" FOREIGN KEY ("parent_id") REFERENCES "pages" ("id") ON DELETE CASCADE
);
CREATE INDEX "pages_parent_id_index" ON "pages" ("parent_id");

-- down
-- while foreign keys are off
DROP TABLE "pages";
