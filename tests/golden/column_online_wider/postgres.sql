-- up
ALTER TABLE "users" ALTER COLUMN "email" TYPE character varying(300);

-- down
ALTER TABLE "users"
    ALTER COLUMN "email" TYPE character varying(255),
    ALTER COLUMN "email" SET NOT NULL;
