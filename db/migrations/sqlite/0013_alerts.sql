CREATE TABLE `alerts` (
	`kind` text PRIMARY KEY NOT NULL,
	`raised_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `failure_minutes` (
	`minute` integer PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `code_sendings_at` ON `code_sendings` (`at`);