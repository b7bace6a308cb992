-- up
CREATE TABLE `comments` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `owner_type` varchar(255) NOT NULL,
    `owner_id` bigint unsigned NOT NULL,
    `about_type` varchar(255) NULL,
    `about_id` uuid NULL,
    INDEX `comments_owner_type_owner_id_index` (`owner_type`, `owner_id`),
    INDEX `comments_about_type_about_id_index` (`about_type`, `about_id`)
);

-- down
DROP TABLE `comments`;
