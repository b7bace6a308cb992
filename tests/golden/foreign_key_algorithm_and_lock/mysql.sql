-- up
ALTER TABLE `posts`
    ADD CONSTRAINT `posts_user_id_foreign` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
    ALGORITHM = COPY,
    LOCK = SHARED;

-- down
ALTER TABLE `posts` DROP FOREIGN KEY `posts_user_id_foreign`;
