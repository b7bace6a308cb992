-- up
CREATE TABLE `things` (
    `id` char(26) NOT NULL,
    `other` uuid NOT NULL,
    PRIMARY KEY (`id`)
);

-- down
DROP TABLE `things`;
