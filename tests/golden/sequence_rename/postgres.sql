-- up
ALTER SEQUENCE "invoice_numbers" RENAME TO "Odd name";

-- down
ALTER SEQUENCE "Odd name" RENAME TO "invoice_numbers";
