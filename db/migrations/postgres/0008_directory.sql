ALTER TABLE "accounts" ADD COLUMN "directory_id" text COLLATE "C";--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_directory_id" ON "accounts" USING btree ("directory_id");