-- up
ALTER TABLE `texts`
    ROW_FORMAT = DYNAMIC,
    COMMENT = 'kept otherwise';

-- down
ALTER TABLE `texts`
    COMMENT = '',
    ROW_FORMAT = COMPACT;
