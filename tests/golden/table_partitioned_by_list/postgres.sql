-- up
CREATE TABLE "visits" (
    "id" bigint NOT NULL,
    "country" character varying(40) NOT NULL,
    CONSTRAINT "visits_id_country_primary" PRIMARY KEY ("id", "country")
) PARTITION BY LIST ("country");
CREATE TABLE "visits_here" PARTITION OF "visits" FOR VALUES IN ('ch', 'it''s');
CREATE TABLE "visits_elsewhere" PARTITION OF "visits" DEFAULT;

-- down
DROP TABLE "visits";
