-- up
CREATE TABLE "orders" (
    "number" bigint GENERATED ALWAYS AS IDENTITY (MINVALUE 1 MAXVALUE 9000 CYCLE) NOT NULL,
    "title" character varying(255) NOT NULL
);

-- down
DROP TABLE "orders";
