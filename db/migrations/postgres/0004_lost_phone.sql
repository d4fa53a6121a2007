CREATE TABLE "lost_phones" (
	"flow" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"stolen" boolean NOT NULL,
	"said_at" bigint NOT NULL,
	"mailbox_proven_at" bigint,
	"opened_at" bigint
);
--> statement-breakpoint
CREATE TABLE "passes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"issued_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "re_enrolments" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"opened_by" text COLLATE "C" NOT NULL,
	"stolen" boolean NOT NULL,
	"opened_at" bigint NOT NULL,
	"not_before" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"reminder_id" text COLLATE "C",
	"cancelled_at" bigint,
	"finished_at" bigint
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"account_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"given_at" bigint NOT NULL,
	"given_by" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "lost_phones" ADD CONSTRAINT "lost_phones_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "re_enrolments" ADD CONSTRAINT "re_enrolments_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lost_phones_said" ON "lost_phones" USING btree ("said_at");--> statement-breakpoint
CREATE UNIQUE INDEX "passes_hash" ON "passes" USING btree ("account_id","hash");--> statement-breakpoint
CREATE INDEX "passes_expiry" ON "passes" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "re_enrolments_account" ON "re_enrolments" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "re_enrolments_expiry" ON "re_enrolments" USING btree ("expires_at");