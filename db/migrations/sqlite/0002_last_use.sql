ALTER TABLE `consents` ADD `last_used_at` integer;--> statement-breakpoint
ALTER TABLE `portal_sessions` ADD `user_agent` text;--> statement-breakpoint
ALTER TABLE `portal_sessions` ADD `network` text;