-- up
CREATE TABLE "things" (
    "id" char(26) NOT NULL,
    "other" char(36) NOT NULL,
    CONSTRAINT "things_id_primary" PRIMARY KEY ("id")
);

-- down
-- while foreign keys are off
DROP TABLE "things";
