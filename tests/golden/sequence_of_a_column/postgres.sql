-- up
CREATE SEQUENCE "post_numbers" AS integer OWNED BY "posts"."number";

-- down
DROP SEQUENCE "post_numbers";
