-- up
CREATE TABLE "visits" (
    "id" bigint NOT NULL,
    "City" character varying(255) NOT NULL,
    "day" date NOT NULL
) PARTITION BY RANGE ("day", lower("City"), (id % 10));
CREATE TABLE "visits_2026" PARTITION OF "visits" FOR VALUES FROM ('2026-01-01', MINVALUE, MINVALUE) TO ('2027-01-01', 'm', '5');

-- down
DROP TABLE "visits";
