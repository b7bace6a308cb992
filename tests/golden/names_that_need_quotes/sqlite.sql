-- up
CREATE TABLE "order" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "select" varchar(40) NOT NULL DEFAULT 'a''b',
    "with space" varchar(40) NOT NULL,
    "quote""`'d" varchar(40),
    "Größe" varchar(40) NOT NULL
);
CREATE INDEX "order_with_space_index" ON "order" ("with space");
CREATE UNIQUE INDEX "order_größe_unique" ON "order" ("Größe");

-- down
-- while foreign keys are off
DROP TABLE "order";
