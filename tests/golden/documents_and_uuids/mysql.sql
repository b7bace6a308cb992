-- up
CREATE TABLE `documents` (
    `id` char(36) NOT NULL,
    `settings` json NOT NULL,
    `facts` json NOT NULL,
    PRIMARY KEY (`id`)
);

-- down
DROP TABLE `documents`;
