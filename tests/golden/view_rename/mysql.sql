-- up
RENAME TABLE `live_posts` TO `Posts that are live`;

-- down
RENAME TABLE `Posts that are live` TO `live_posts`;
