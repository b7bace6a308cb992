-- up
CREATE TABLE `places` (
    `country` varchar(2) NOT NULL,
    `city` varchar(40) NOT NULL,
    PRIMARY KEY (`country`, `city`)
);

-- down
DROP TABLE `places`;
