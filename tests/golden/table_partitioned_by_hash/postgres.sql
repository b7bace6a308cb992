-- up
CREATE TABLE "visits" (
    "id" bigint NOT NULL,
    "city" character varying(255) NOT NULL,
    CONSTRAINT "visits_id_primary" PRIMARY KEY ("id")
) PARTITION BY HASH ("id");
CREATE TABLE "visits_even" PARTITION OF "visits" FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE "visits_odd" PARTITION OF "visits" FOR VALUES WITH (MODULUS 2, REMAINDER 1);

-- down
DROP TABLE "visits";
