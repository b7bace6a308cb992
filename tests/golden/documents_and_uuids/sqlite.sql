-- up
CREATE TABLE "documents" (
    "id" char(36) NOT NULL,
    "settings" text NOT NULL,
    "facts" text NOT NULL,
    CONSTRAINT "documents_id_primary" PRIMARY KEY ("id")
);

-- down
-- while foreign keys are off
DROP TABLE "documents";
