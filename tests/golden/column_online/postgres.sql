-- up
ALTER TABLE "users" ADD COLUMN "nickname" character varying(255) NULL;

-- down
ALTER TABLE "users" DROP COLUMN "nickname";
