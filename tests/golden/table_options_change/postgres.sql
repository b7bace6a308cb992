-- up
ALTER TABLE "texts" SET ("row_format" = 'DYNAMIC');
COMMENT ON TABLE "texts" IS 'kept otherwise';

-- down
COMMENT ON TABLE "texts" IS NULL;
ALTER TABLE "texts" SET ("row_format" = 'COMPACT');
