-- up
ALTER TABLE "users"
    ALTER COLUMN "age" DROP DEFAULT,
    ALTER COLUMN "age" TYPE integer USING (CAST(age AS integer)),
    ALTER COLUMN "age" SET DEFAULT 0;

-- down
ALTER TABLE "users"
    ALTER COLUMN "age" DROP DEFAULT,
    ALTER COLUMN "age" TYPE character varying(255),
    ALTER COLUMN "age" SET DEFAULT '0'::character varying,
    ALTER COLUMN "age" SET NOT NULL;
