-- up
CREATE TABLE `places` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `shape` geometry NOT NULL,
    `center` point srid 4326 NULL
);

-- down
DROP TABLE `places`;
