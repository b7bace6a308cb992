-- up
CREATE INDEX "by_birth" ON "users" ("born_on" NULLS FIRST);
CREATE INDEX "by_end" ON "users" ("deleted_at" DESC NULLS LAST, "name");

-- down
DROP INDEX "by_end";
DROP INDEX "by_birth";
