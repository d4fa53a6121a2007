DROP INDEX "events_account";--> statement-breakpoint
CREATE INDEX "events_account" ON "events" USING btree ("account_id","id","type");