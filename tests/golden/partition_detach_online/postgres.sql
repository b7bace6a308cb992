-- up
-- outside a transaction
ALTER TABLE "visits" DETACH PARTITION "visits_2027" CONCURRENTLY;

-- down
ALTER TABLE "visits" ATTACH PARTITION "visits_2027" FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
