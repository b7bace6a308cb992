-- up
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_users" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "email" varchar(255) NOT NULL,
    "name" varchar(255) NOT NULL DEFAULT 'nobody',
    "born_on" date,
    "deleted_at" timestamp
);
INSERT INTO "__arvel_new_users" ("id", "email", "name", "born_on", "deleted_at") SELECT "id", "email", coalesce("name", 'nobody'), "born_on", "deleted_at" FROM "users";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_users';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_users', seq FROM main.sqlite_sequence WHERE name = 'users';
DROP TABLE "users";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_users" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "email" varchar(255) NOT NULL,
    "name" varchar(255),
    "born_on" date,
    "deleted_at" timestamp
);
INSERT INTO "__arvel_new_users" ("id", "email", "name", "born_on", "deleted_at") SELECT "id", "email", "name", "born_on", "deleted_at" FROM "users";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_users';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_users', seq FROM main.sqlite_sequence WHERE name = 'users';
DROP TABLE "users";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
