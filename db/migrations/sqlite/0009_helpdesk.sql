CREATE TABLE `account_terms` (
	`term` text NOT NULL,
	`account_id` text NOT NULL,
	PRIMARY KEY(`term`, `account_id`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `account_terms_account` ON `account_terms` (`account_id`,`term`);--> statement-breakpoint
CREATE TABLE `caller_verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`agent_id` text NOT NULL,
	`method` text NOT NULL,
	`begun_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`proven_at` integer,
	`failed_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `caller_verifications_account` ON `caller_verifications` (`account_id`,`agent_id`,`begun_at`);--> statement-breakpoint
CREATE INDEX `caller_verifications_begun` ON `caller_verifications` (`begun_at`);--> statement-breakpoint
CREATE TABLE `case_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`written_by` text NOT NULL,
	`at` integer NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `case_notes_case` ON `case_notes` (`case_id`,`id`);--> statement-breakpoint
CREATE TABLE `figures` (
	`at` integer PRIMARY KEY NOT NULL,
	`counts` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `removal_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`factor_id` text NOT NULL,
	`asked_by` text NOT NULL,
	`reason` text NOT NULL,
	`method` text NOT NULL,
	`asked_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`decision` text,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `removal_requests_account` ON `removal_requests` (`account_id`);--> statement-breakpoint
CREATE INDEX `removal_requests_open` ON `removal_requests` (`decided_at`,`expires_at`);--> statement-breakpoint
DROP INDEX `cases_closed`;--> statement-breakpoint
ALTER TABLE `cases` ADD `closed_by` text;--> statement-breakpoint
ALTER TABLE `cases` ADD `outcome` text;--> statement-breakpoint
CREATE INDEX `cases_closed` ON `cases` (`closed_at`,`opened_at`);--> statement-breakpoint
ALTER TABLE `portal_sessions` ADD `proven_by` text;--> statement-breakpoint
CREATE INDEX `events_actor` ON `events` (`actor`,`id`);