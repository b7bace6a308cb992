-- up
CREATE INDEX "places_shape_spatial_index" ON "places" USING "gist" ("shape");

-- down
DROP INDEX "places_shape_spatial_index";
