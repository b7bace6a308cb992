-- up
ALTER TABLE "visits" DETACH PARTITION "visits_2027";
ALTER TABLE "visits_2027" RENAME TO "old_visits";

-- down
ALTER TABLE "old_visits" RENAME TO "visits_2027";
ALTER TABLE "visits" ATTACH PARTITION "visits_2027" FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
