-- up
ALTER TYPE "mood" RENAME TO "Big mood";

-- down
ALTER TYPE "Big mood" RENAME TO "mood";
