-- up
CREATE TABLE "visits" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "from" varchar(45) NOT NULL,
    "card" varchar(17)
);

-- down
-- while foreign keys are off
DROP TABLE "visits";
