-- up
CREATE TABLE `drawings` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `center` point NOT NULL,
    `area` polygon NOT NULL
);

-- down
DROP TABLE `drawings`;
