-- up
CREATE TABLE `readings` (
    `place` int NOT NULL,
    `n` int NOT NULL
)
PARTITION BY KEY (`place`,`n`);

-- down
DROP TABLE `readings`;
