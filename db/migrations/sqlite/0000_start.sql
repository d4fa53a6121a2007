CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`address` text NOT NULL,
	`given_name` text NOT NULL,
	`family_name` text NOT NULL,
	`kind` text NOT NULL,
	`affiliations` text NOT NULL,
	`status` text NOT NULL,
	`language` text,
	`created_at` integer NOT NULL,
	`enrolled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_address` ON `accounts` (`address`);--> statement-breakpoint
CREATE TABLE `answers` (
	`account_id` text NOT NULL,
	`slot` integer NOT NULL,
	`question` text NOT NULL,
	`hash` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `slot`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `applications` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`registration` text NOT NULL,
	`secret` blob,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `attempts` (
	`subject` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`day_failures` integer NOT NULL,
	`day_started_at` integer NOT NULL,
	`wait_until` integer NOT NULL,
	`last_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `code_sendings` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `code_sendings_account` ON `code_sendings` (`account_id`,`at`);--> statement-breakpoint
CREATE TABLE `consents` (
	`account_id` text NOT NULL,
	`application_id` text NOT NULL,
	`scopes` text NOT NULL,
	`given_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `application_id`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `email_codes` (
	`flow` text NOT NULL,
	`purpose` text NOT NULL,
	`account_id` text NOT NULL,
	`hash` text NOT NULL,
	`replaced_hash` text,
	`tries` integer NOT NULL,
	`sent_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`flow`, `purpose`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `email_codes_expiry` ON `email_codes` (`expires_at`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`account_id` text,
	`actor` text,
	`flow` text,
	`network` text,
	`browser` text,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_account` ON `events` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `events_type` ON `events` (`type`,`id`);--> statement-breakpoint
CREATE TABLE `factors` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`secret` blob NOT NULL,
	`last_step` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `factors_account` ON `factors` (`account_id`);--> statement-breakpoint
CREATE TABLE `known_browsers` (
	`account_id` text NOT NULL,
	`browser` text NOT NULL,
	`factor_kind` text,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `browser`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `logout_tokens` (
	`jti` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `logout_tokens_expiry` ON `logout_tokens` (`expires_at`);--> statement-breakpoint
CREATE TABLE `oidc_records` (
	`model` text NOT NULL,
	`id` text NOT NULL,
	`payload` blob NOT NULL,
	`grant_id` text,
	`uid` text,
	`account_id` text,
	`application_id` text,
	`consumed_at` integer,
	`expires_at` integer,
	PRIMARY KEY(`model`, `id`)
);
--> statement-breakpoint
CREATE INDEX `oidc_records_grant` ON `oidc_records` (`grant_id`);--> statement-breakpoint
CREATE INDEX `oidc_records_uid` ON `oidc_records` (`model`,`uid`);--> statement-breakpoint
CREATE INDEX `oidc_records_account` ON `oidc_records` (`account_id`,`model`);--> statement-breakpoint
CREATE INDEX `oidc_records_expiry` ON `oidc_records` (`expires_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text,
	`to` text NOT NULL,
	`kind` text NOT NULL,
	`message` blob,
	`created_at` integer NOT NULL,
	`due_at` integer,
	`useless_at` integer,
	`tries` integer NOT NULL,
	`sent_at` integer,
	`failure` text
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`);--> statement-breakpoint
CREATE INDEX `outbox_account` ON `outbox` (`account_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `passwords` (
	`account_id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `pending_factors` (
	`account_id` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`secret` blob NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `pending_recovery_codes` (
	`account_id` text PRIMARY KEY NOT NULL,
	`codes` blob NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `portal_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`sid` text,
	`id_token` blob,
	`acr` text,
	`authenticated_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `portal_sessions_account` ON `portal_sessions` (`account_id`);--> statement-breakpoint
CREATE INDEX `portal_sessions_sid` ON `portal_sessions` (`sid`);--> statement-breakpoint
CREATE INDEX `portal_sessions_expiry` ON `portal_sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `proofs` (
	`flow` text NOT NULL,
	`kind` text NOT NULL,
	`account_id` text NOT NULL,
	`factor_id` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`flow`, `kind`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `proofs_at` ON `proofs` (`at`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recovery_codes_hash` ON `recovery_codes` (`account_id`,`hash`);--> statement-breakpoint
CREATE TABLE `signing_keys` (
	`kid` text PRIMARY KEY NOT NULL,
	`jwk` blob NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer
);
