-- up
CREATE TABLE "people" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "feels" varchar NOT NULL DEFAULT 'happy' CONSTRAINT "people_feels_check" CHECK ("feels" IN ('happy', 'it''s bad')),
    "felt" varchar CONSTRAINT "people_felt_check" CHECK ("felt" IN ('happy', 'it''s bad'))
);

-- down
-- while foreign keys are off
DROP TABLE "people";
