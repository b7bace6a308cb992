-- up
CREATE TABLE "documents" (
    "id" uuid NOT NULL,
    "settings" json NOT NULL,
    "facts" jsonb NOT NULL,
    CONSTRAINT "documents_id_primary" PRIMARY KEY ("id")
);

-- down
DROP TABLE "documents";
