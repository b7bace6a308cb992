-- up
CREATE TEMPORARY TABLE "scratch" (
    "n" integer NOT NULL
);

-- down
-- nothing to do
