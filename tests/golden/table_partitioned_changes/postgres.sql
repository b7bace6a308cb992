-- up
ALTER TABLE "visits" RENAME COLUMN "day" TO "Happened on";
ALTER TABLE "visits"
    ADD COLUMN "minutes" integer NULL,
    ADD CONSTRAINT "visits_city_happened_on_unique" UNIQUE ("city", "Happened on");
ALTER TABLE "visits" RENAME TO "stays";
ALTER TABLE "visits_2026" RENAME TO "stays of 2026";

-- down
ALTER TABLE "stays of 2026" RENAME TO "visits_2026";
ALTER TABLE "stays" RENAME TO "visits";
ALTER TABLE "visits"
    DROP CONSTRAINT "visits_city_happened_on_unique",
    DROP COLUMN "minutes";
ALTER TABLE "visits" RENAME COLUMN "Happened on" TO "day";
