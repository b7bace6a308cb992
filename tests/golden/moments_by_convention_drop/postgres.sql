-- up
ALTER TABLE "posts"
    DROP COLUMN "created_at",
    DROP COLUMN "updated_at",
    DROP COLUMN "deleted_at",
    DROP COLUMN "remember_token";

-- down
ALTER TABLE "posts"
    ADD COLUMN "remember_token" character varying(100) NULL,
    ADD COLUMN "deleted_at" timestamp(0) with time zone NULL,
    ADD COLUMN "updated_at" timestamp(0) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP(0),
    ADD COLUMN "created_at" timestamp(0) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP(0);
