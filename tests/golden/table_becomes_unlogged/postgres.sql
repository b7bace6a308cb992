-- up
ALTER TABLE "cache" SET UNLOGGED;

-- down
ALTER TABLE "cache" SET LOGGED;
