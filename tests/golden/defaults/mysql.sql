-- up
CREATE TABLE `things` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `count` int NOT NULL DEFAULT -1,
    `big` bigint NOT NULL DEFAULT 9000000000,
    `price` decimal(8,2) NOT NULL DEFAULT 1.50,
    `active` tinyint(1) NOT NULL DEFAULT 1,
    `title` varchar(255) NOT NULL DEFAULT 'it''s a \\ "title"',
    `empty` varchar(255) NOT NULL DEFAULT '',
    `body` text NOT NULL DEFAULT ('x'),
    `day` date NOT NULL DEFAULT (CURRENT_DATE),
    `at` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
);

-- down
DROP TABLE `things`;
