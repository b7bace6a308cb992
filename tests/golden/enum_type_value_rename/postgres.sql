-- up
ALTER TYPE "mood" RENAME VALUE 'it''s bad' TO 'sad';

-- down
ALTER TYPE "mood" RENAME VALUE 'sad' TO 'it''s bad';
