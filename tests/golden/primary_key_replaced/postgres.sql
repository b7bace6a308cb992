-- up
ALTER TABLE "places"
    DROP CONSTRAINT "places_country_city_primary",
    ADD CONSTRAINT "places_code_primary" PRIMARY KEY ("code");

-- down
ALTER TABLE "places"
    DROP CONSTRAINT "places_code_primary",
    ADD CONSTRAINT "places_country_city_primary" PRIMARY KEY ("country", "city");
