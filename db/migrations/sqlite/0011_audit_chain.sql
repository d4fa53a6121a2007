CREATE TABLE `audit_chain` (
	`seq` integer PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`sealed_at` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_chain_event` ON `audit_chain` (`event_id`);--> statement-breakpoint
CREATE TABLE `audit_marks` (
	`seq` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	`proof` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `unsealed_events` (
	`id` text PRIMARY KEY NOT NULL
);
