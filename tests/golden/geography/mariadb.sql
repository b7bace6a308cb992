-- up
CREATE TABLE `places` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `area` geometry ref_system_id=4326 NOT NULL,
    `center` point ref_system_id=4326 NULL
);

-- down
DROP TABLE `places`;
