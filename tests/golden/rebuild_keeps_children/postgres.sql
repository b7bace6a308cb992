-- up
ALTER TABLE "parents"
    ALTER COLUMN "size" TYPE text,
    ALTER COLUMN "size" SET DEFAULT 'none',
    DROP CONSTRAINT "parents_name_unique",
    ADD COLUMN "note" character varying(255) NOT NULL DEFAULT '-';

-- down
ALTER TABLE "parents"
    DROP COLUMN "note",
    ADD CONSTRAINT "parents_name_unique" UNIQUE ("name"),
    ALTER COLUMN "size" DROP DEFAULT,
    ALTER COLUMN "size" TYPE integer USING "size"::integer;
