CREATE TABLE "cases" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"event_id" text COLLATE "C",
	"note" jsonb NOT NULL,
	"opened_at" bigint NOT NULL,
	"taken_by" text COLLATE "C",
	"taken_at" bigint,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "disavowals" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"event_id" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disavowals" ADD CONSTRAINT "disavowals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_event" ON "cases" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "cases_account" ON "cases" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "cases_closed" ON "cases" USING btree ("closed_at");--> statement-breakpoint
CREATE INDEX "disavowals_account" ON "disavowals" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "disavowals_expiry" ON "disavowals" USING btree ("expires_at");