-- up
ALTER TABLE "users" ADD CONSTRAINT "users_name_not_null" CHECK ("name" IS NOT NULL) NOT VALID;
-- outside a transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_name_not_null";
ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;
ALTER TABLE "users" DROP CONSTRAINT "users_name_not_null";

-- down
ALTER TABLE "users"
    ALTER COLUMN "name" DROP DEFAULT,
    ALTER COLUMN "name" DROP NOT NULL;
