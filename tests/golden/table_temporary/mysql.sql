-- up
CREATE TEMPORARY TABLE `scratch` (
    `n` int NOT NULL
);

-- down
-- nothing to do
