-- up
CREATE TABLE `things` (
    `id` char(26) NOT NULL,
    `other` char(36) NOT NULL,
    PRIMARY KEY (`id`)
);

-- down
DROP TABLE `things`;
