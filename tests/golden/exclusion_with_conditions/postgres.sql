-- up
ALTER TABLE "bookings" ADD CONSTRAINT "one_at_a_time" EXCLUDE USING "gist" ("during" WITH &&) WHERE (cancelled_on IS NULL) DEFERRABLE INITIALLY DEFERRED;

-- down
ALTER TABLE "bookings" DROP CONSTRAINT "one_at_a_time";
