-- up
ALTER TABLE "users" RENAME COLUMN "code" TO "handle";

-- down
ALTER TABLE "users" RENAME COLUMN "handle" TO "code";
