-- up
CREATE TABLE "numbers" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "tiny" integer NOT NULL,
    "small" integer NOT NULL,
    "whole" integer NOT NULL,
    "big" integer NOT NULL,
    "price" decimal(10, 2) NOT NULL
);

-- down
-- while foreign keys are off
DROP TABLE "numbers";
