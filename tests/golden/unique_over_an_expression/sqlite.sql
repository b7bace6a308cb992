-- up
CREATE UNIQUE INDEX "one_address" ON "users" ((lower(email)));

-- down
DROP INDEX "one_address";
