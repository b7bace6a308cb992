-- up
CREATE TABLE `places` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `area` geometry srid 4326 NOT NULL,
    `center` point srid 4326 NULL
);

-- down
DROP TABLE `places`;
