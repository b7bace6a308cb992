-- up
CREATE TABLE "places" (
    "country" character varying(2) NOT NULL,
    "city" character varying(40) NOT NULL,
    CONSTRAINT "the_place" PRIMARY KEY ("country", "city")
);

-- down
DROP TABLE "places";
