-- up
CREATE TABLE "posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "author_id" integer NOT NULL,
    "editor_id" integer,
    "owner_id" integer NOT NULL,
    CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "posts_editor_id_foreign" FOREIGN KEY ("editor_id") REFERENCES "users" ("id") ON DELETE SET NULL,
    CONSTRAINT "posts_owner_id_foreign" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE NO ACTION
);
CREATE INDEX "posts_author_id_index" ON "posts" ("author_id");
CREATE INDEX "posts_editor_id_index" ON "posts" ("editor_id");
CREATE INDEX "posts_owner_id_index" ON "posts" ("owner_id");

-- down
-- while foreign keys are off
DROP TABLE "posts";
