-- up
DROP TABLE "visits_2027";

-- down
CREATE TABLE "visits_2027" PARTITION OF "visits" FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
