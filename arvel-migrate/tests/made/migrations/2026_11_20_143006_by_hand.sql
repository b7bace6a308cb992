-- migrate:up
-- the way forward, such as: UPDATE … SET …;

-- migrate:down
-- the way back, such as: its opposite
