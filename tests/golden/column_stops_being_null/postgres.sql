-- up
ALTER TABLE "users"
    ALTER COLUMN "name" SET DEFAULT 'nobody',
    ALTER COLUMN "name" SET NOT NULL;

-- down
ALTER TABLE "users"
    ALTER COLUMN "name" DROP DEFAULT,
    ALTER COLUMN "name" DROP NOT NULL;
