-- up
CREATE TABLE "things" (
    "id" character(26) NOT NULL,
    "other" uuid NOT NULL,
    CONSTRAINT "things_id_primary" PRIMARY KEY ("id")
);

-- down
DROP TABLE "things";
