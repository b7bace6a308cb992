-- up
CREATE TABLE `moments` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `day` date NOT NULL,
    `at` time NOT NULL,
    `exactly_at` time(3) NOT NULL,
    `local` datetime NOT NULL,
    `exactly_local` datetime(6) NOT NULL,
    `instant` timestamp NULL,
    `exact_instant` timestamp(6) NULL
);

-- down
DROP TABLE `moments`;
