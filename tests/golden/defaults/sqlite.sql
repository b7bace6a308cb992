-- up
CREATE TABLE "things" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "count" integer NOT NULL DEFAULT -1,
    "big" integer NOT NULL DEFAULT 9000000000,
    "price" decimal(8, 2) NOT NULL DEFAULT 1.5,
    "active" boolean NOT NULL DEFAULT 1,
    "title" varchar(255) NOT NULL DEFAULT 'it''s a \ "title"',
    "empty" varchar(255) NOT NULL DEFAULT '',
    "body" text NOT NULL DEFAULT 'x',
    "day" date NOT NULL DEFAULT CURRENT_DATE,
    "at" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- down
-- while foreign keys are off
DROP TABLE "things";
