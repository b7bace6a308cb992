-- up
RENAME TABLE `invoice_numbers` TO `Odd name`;

-- down
RENAME TABLE `Odd name` TO `invoice_numbers`;
