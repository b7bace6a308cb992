-- up
CREATE TABLE "things" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "code" varchar(255) NOT NULL DEFAULT (upper('x'))
);

-- down
-- while foreign keys are off
DROP TABLE "things";
