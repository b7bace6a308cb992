-- up
ALTER TABLE `places` ADD SPATIAL INDEX `places_shape_spatial_index` (`shape`);

-- down
ALTER TABLE `places` DROP INDEX `places_shape_spatial_index`;
