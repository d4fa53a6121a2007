CREATE TABLE `password_resets` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`address` blob NOT NULL,
	`browser` text,
	`sign_in` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`mailbox_proven_at` integer,
	`proven_by` text,
	`proven_at` integer,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `password_resets_account` ON `password_resets` (`account_id`);--> statement-breakpoint
CREATE INDEX `password_resets_expiry` ON `password_resets` (`expires_at`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_code_sendings` (
	`id` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_code_sendings`("id", "subject", "at") SELECT "id", 'email-code:sign-in:' || "account_id", "at" FROM `code_sendings`;--> statement-breakpoint
DROP TABLE `code_sendings`;--> statement-breakpoint
ALTER TABLE `__new_code_sendings` RENAME TO `code_sendings`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `code_sendings_subject` ON `code_sendings` (`subject`,`at`);--> statement-breakpoint
CREATE TABLE `__new_email_codes` (
	`flow` text NOT NULL,
	`purpose` text NOT NULL,
	`account_id` text NOT NULL,
	`hash` text NOT NULL,
	`replaced_hash` text,
	`tries` integer NOT NULL,
	`sent_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`flow`, `purpose`)
);
--> statement-breakpoint
INSERT INTO `__new_email_codes`("flow", "purpose", "account_id", "hash", "replaced_hash", "tries", "sent_at", "expires_at", "used_at") SELECT "flow", "purpose", "account_id", "hash", "replaced_hash", "tries", "sent_at", "expires_at", "used_at" FROM `email_codes`;--> statement-breakpoint
DROP TABLE `email_codes`;--> statement-breakpoint
ALTER TABLE `__new_email_codes` RENAME TO `email_codes`;--> statement-breakpoint
CREATE INDEX `email_codes_expiry` ON `email_codes` (`expires_at`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `password_frozen_at` integer;--> statement-breakpoint
-- Counted by purpose from now on: what was counted so far, at sign-in, goes on counting.
UPDATE attempts SET subject = 'email-code:sign-in:' || substr(subject, 12) WHERE subject LIKE 'email-code:%' AND subject NOT LIKE 'email-code:sign-in:%';
