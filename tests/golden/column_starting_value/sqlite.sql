-- up
CREATE TABLE "orders" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) NOT NULL
);
INSERT INTO main.sqlite_sequence (name, seq) SELECT 'orders', 999 WHERE NOT EXISTS (SELECT 1 FROM main.sqlite_sequence WHERE name = 'orders');

-- down
-- while foreign keys are off
DROP TABLE "orders";
