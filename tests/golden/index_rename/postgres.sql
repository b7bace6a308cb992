-- up
ALTER INDEX "posts_title_index" RENAME TO "by_title";

-- down
ALTER INDEX "by_title" RENAME TO "posts_title_index";
