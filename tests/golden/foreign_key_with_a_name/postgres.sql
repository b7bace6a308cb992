-- up
ALTER TABLE "posts" ADD COLUMN "editor_id" bigint NULL;
CREATE INDEX "posts_editor_id_index" ON "posts" ("editor_id");
ALTER TABLE "posts" ADD CONSTRAINT "who_edits" FOREIGN KEY ("editor_id") REFERENCES "users" ("id") ON DELETE SET NULL;

-- down
ALTER TABLE "posts" DROP CONSTRAINT "who_edits";
DROP INDEX "posts_editor_id_index";
ALTER TABLE "posts" DROP COLUMN "editor_id";
