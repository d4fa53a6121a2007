CREATE INDEX "events_account_of_types" ON "events" USING btree ("account_id","id","type");--> statement-breakpoint
DROP INDEX "events_account";--> statement-breakpoint
ALTER INDEX "events_account_of_types" RENAME TO "events_account";
