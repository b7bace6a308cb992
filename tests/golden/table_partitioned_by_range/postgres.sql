-- up
CREATE TABLE "visits" (
    "id" bigint NOT NULL,
    "day" date NOT NULL,
    "city" character varying(255) NOT NULL,
    CONSTRAINT "visits_id_day_primary" PRIMARY KEY ("id", "day")
) PARTITION BY RANGE ("day");
CREATE TABLE "visits_2026" PARTITION OF "visits" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE "visits_later" PARTITION OF "visits" for values from ('2027-01-01') to (maxvalue);
CREATE INDEX "visits_city_index" ON "visits" ("city");

-- down
DROP TABLE "visits";
