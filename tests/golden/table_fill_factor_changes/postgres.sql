-- up
ALTER TABLE "texts" SET ("fillfactor" = '80');

-- down
ALTER TABLE "texts" SET ("fillfactor" = '70');
