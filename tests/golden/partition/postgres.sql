-- up
CREATE TABLE "visits_2028" PARTITION OF "visits" FOR VALUES FROM ('2028-01-01') TO ('2029-01-01');
CREATE TABLE "visits_else" PARTITION OF "visits" default;

-- down
DROP TABLE "visits_else";
DROP TABLE "visits_2028";
