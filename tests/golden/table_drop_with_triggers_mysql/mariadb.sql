-- up
DROP TABLE `posts`;

-- down
CREATE TABLE `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` varchar(255) NOT NULL,
    `edits` int(11) NOT NULL DEFAULT 0
);
CREATE TRIGGER `z_counted` BEFORE UPDATE ON `posts` FOR EACH ROW SET NEW.edits = OLD.edits + 1;
CREATE TRIGGER `a_trimmed` BEFORE UPDATE ON `posts` FOR EACH ROW SET NEW.title = trim(NEW.title);
