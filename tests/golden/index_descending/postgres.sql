-- up
CREATE INDEX "users_name_born_on_index" ON "users" ("name", "born_on" DESC);

-- down
DROP INDEX "users_name_born_on_index";
