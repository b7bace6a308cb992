-- up
ALTER TABLE "authors" RENAME TO "people";

-- down
ALTER TABLE "people" RENAME TO "authors";
