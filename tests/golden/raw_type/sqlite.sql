-- up
CREATE TABLE "things" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "code" varchar(7) NOT NULL DEFAULT 'x'
);

-- down
-- while foreign keys are off
DROP TABLE "things";
