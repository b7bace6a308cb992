-- up
CREATE TABLE "comments" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "owner_type" varchar(255) NOT NULL,
    "owner_id" integer NOT NULL,
    "about_type" varchar(255),
    "about_id" char(36)
);
CREATE INDEX "comments_owner_type_owner_id_index" ON "comments" ("owner_type", "owner_id");
CREATE INDEX "comments_about_type_about_id_index" ON "comments" ("about_type", "about_id");

-- down
-- while foreign keys are off
DROP TABLE "comments";
