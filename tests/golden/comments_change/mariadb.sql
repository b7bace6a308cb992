-- up
ALTER TABLE `posts`
    MODIFY COLUMN `title` varchar(255) NOT NULL DEFAULT '-' COMMENT 'the headline',
    COMMENT = 'what is published';

-- down
ALTER TABLE `posts`
    MODIFY COLUMN `title` varchar(255) NOT NULL DEFAULT '-' COMMENT 'the title',
    COMMENT = 'all posts';
