-- up
ALTER TABLE `places`
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (`code`);

-- down
ALTER TABLE `places`
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (`country`, `city`);
