-- up
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_places" (
    "country" varchar(2) NOT NULL,
    "city" varchar(40) NOT NULL,
    "code" varchar(8) NOT NULL,
    CONSTRAINT "places_code_primary" PRIMARY KEY ("code")
);
INSERT INTO "__arvel_new_places" (rowid, "country", "city", "code") SELECT rowid, "country", "city", "code" FROM "places";
DROP TABLE "places";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_places" RENAME TO "places";
PRAGMA legacy_alter_table = OFF;

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_places" (
    "country" varchar(2) NOT NULL,
    "city" varchar(40) NOT NULL,
    "code" varchar(8) NOT NULL,
    CONSTRAINT "places_country_city_primary" PRIMARY KEY ("country", "city")
);
INSERT INTO "__arvel_new_places" (rowid, "country", "city", "code") SELECT rowid, "country", "city", "code" FROM "places";
DROP TABLE "places";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_places" RENAME TO "places";
PRAGMA legacy_alter_table = OFF;
