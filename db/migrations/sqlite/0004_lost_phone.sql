CREATE TABLE `lost_phones` (
	`flow` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`stolen` integer NOT NULL,
	`said_at` integer NOT NULL,
	`mailbox_proven_at` integer,
	`opened_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `lost_phones_said` ON `lost_phones` (`said_at`);--> statement-breakpoint
CREATE TABLE `passes` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`hash` text NOT NULL,
	`issued_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passes_hash` ON `passes` (`account_id`,`hash`);--> statement-breakpoint
CREATE INDEX `passes_expiry` ON `passes` (`expires_at`);--> statement-breakpoint
CREATE TABLE `re_enrolments` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`opened_by` text NOT NULL,
	`stolen` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`not_before` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`reminder_id` text,
	`cancelled_at` integer,
	`finished_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `re_enrolments_account` ON `re_enrolments` (`account_id`);--> statement-breakpoint
CREATE INDEX `re_enrolments_expiry` ON `re_enrolments` (`expires_at`);--> statement-breakpoint
CREATE TABLE `roles` (
	`account_id` text PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`given_at` integer NOT NULL,
	`given_by` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
