CREATE TABLE `pairings` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`place` text NOT NULL,
	`code_hash` text NOT NULL,
	`shown` blob,
	`factor_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`claimed_at` integer,
	`claim` text,
	`nonce` text NOT NULL,
	`challenge` text NOT NULL,
	`phone` blob,
	`finished_at` integer,
	`confirmed_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pairings_account` ON `pairings` (`account_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `pairings_code` ON `pairings` (`code_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `pairings_claim` ON `pairings` (`claim`);--> statement-breakpoint
CREATE INDEX `pairings_expiry` ON `pairings` (`expires_at`);--> statement-breakpoint
CREATE TABLE `phone_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`nonce` text NOT NULL,
	`account_id` text NOT NULL,
	`flow` text NOT NULL,
	`number` integer NOT NULL,
	`tries` integer NOT NULL,
	`status` text NOT NULL,
	`why` text,
	`application` text NOT NULL,
	`network` text,
	`user_agent` text,
	`factor_id` text,
	`unlock` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`decided_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `phone_requests_account` ON `phone_requests` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `phone_requests_flow` ON `phone_requests` (`flow`);--> statement-breakpoint
CREATE INDEX `phone_requests_age` ON `phone_requests` (`created_at`);--> statement-breakpoint
CREATE TABLE `phones` (
	`factor_id` text PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`calls` text NOT NULL,
	`unlock` text NOT NULL,
	`credential_id` text,
	`credential_key` text,
	`sign_count` integer NOT NULL,
	`backed_up` integer NOT NULL,
	`pin_hash` text,
	`system` text,
	`browser` text,
	`locked_at` integer,
	`locked_why` text,
	`subscription` blob,
	`subscribed_at` integer,
	`test_id` text,
	`tested_at` integer,
	`notified_at` integer,
	`seen_at` integer NOT NULL,
	FOREIGN KEY (`factor_id`) REFERENCES `factors`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `phones_credential` ON `phones` (`credential_id`);