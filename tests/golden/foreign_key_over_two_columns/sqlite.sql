-- up
CREATE TABLE "streets" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "country" varchar(2) NOT NULL,
    "city" varchar(40) NOT NULL,
    CONSTRAINT "streets_country_city_foreign" FOREIGN KEY ("country", "city") REFERENCES "places" ("country", "city") ON DELETE CASCADE
);
CREATE INDEX "streets_country_city_index" ON "streets" ("country", "city");

-- down
-- while foreign keys are off
DROP TABLE "streets";
