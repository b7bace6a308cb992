-- up
CREATE TABLE "places" (
    "country" character varying(2) NOT NULL,
    "city" character varying(40) NOT NULL,
    CONSTRAINT "places_country_city_primary" PRIMARY KEY ("country", "city")
);

-- down
DROP TABLE "places";
