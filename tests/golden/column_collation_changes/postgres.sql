-- up
ALTER TABLE "texts" ALTER COLUMN "title" TYPE character varying(255) COLLATE "C";

-- down
ALTER TABLE "texts"
    ALTER COLUMN "title" DROP DEFAULT,
    ALTER COLUMN "title" TYPE character varying(255) COLLATE "default",
    ALTER COLUMN "title" SET DEFAULT '-'::character varying,
    ALTER COLUMN "title" SET NOT NULL;
