-- up
CREATE TABLE "places" (
    "country" varchar(2) NOT NULL,
    "city" varchar(40) NOT NULL,
    CONSTRAINT "the_place" PRIMARY KEY ("country", "city")
);

-- down
-- while foreign keys are off
DROP TABLE "places";
