-- up
DROP TYPE "mood";
DROP TYPE IF EXISTS "mood";

-- down
CREATE TYPE "mood" AS ENUM ('happy', 'it''s bad');
