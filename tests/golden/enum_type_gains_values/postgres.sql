-- up
ALTER TYPE "mood" ADD VALUE 'sad' BEFORE 'it''s bad';
ALTER TYPE "mood" ADD VALUE 'angry' AFTER 'happy';
ALTER TYPE "mood" ADD VALUE 'at last';

-- down
-- `add value 'at last' to enum type mood` can not be reversed: an enum type can not lose a value; write a `down`
