-- up
ALTER TABLE "users" ADD COLUMN "state" character varying(255) NOT NULL DEFAULT 'new',
    ADD CONSTRAINT "users_state_check" CHECK ("state" IN ('new', 'known')) NOT VALID;
-- outside a transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_state_check";

-- down
ALTER TABLE "users" DROP COLUMN "state";
