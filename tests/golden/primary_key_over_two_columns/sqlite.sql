-- up
CREATE TABLE "places" (
    "country" varchar(2) NOT NULL,
    "city" varchar(40) NOT NULL,
    CONSTRAINT "places_country_city_primary" PRIMARY KEY ("country", "city")
);

-- down
-- while foreign keys are off
DROP TABLE "places";
