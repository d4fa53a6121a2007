ALTER TABLE `accounts` ADD `directory_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_directory_id` ON `accounts` (`directory_id`);