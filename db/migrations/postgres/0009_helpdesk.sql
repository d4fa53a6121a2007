CREATE TABLE "account_terms" (
	"term" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "account_terms_term_account_id_pk" PRIMARY KEY("term","account_id")
);
--> statement-breakpoint
CREATE TABLE "caller_verifications" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"agent_id" text COLLATE "C" NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"begun_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"proven_at" bigint,
	"failed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "case_notes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"written_by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"text" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figures" (
	"at" bigint PRIMARY KEY NOT NULL,
	"counts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "removal_requests" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"factor_id" text COLLATE "C" NOT NULL,
	"asked_by" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"method" text COLLATE "C" NOT NULL,
	"asked_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"decided_by" text COLLATE "C",
	"decided_at" bigint,
	"decision" text COLLATE "C"
);
--> statement-breakpoint
DROP INDEX "cases_closed";--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "closed_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "outcome" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "portal_sessions" ADD COLUMN "proven_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "account_terms" ADD CONSTRAINT "account_terms_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "caller_verifications" ADD CONSTRAINT "caller_verifications_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_notes" ADD CONSTRAINT "case_notes_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "removal_requests" ADD CONSTRAINT "removal_requests_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_terms_account" ON "account_terms" USING btree ("account_id","term");--> statement-breakpoint
CREATE INDEX "caller_verifications_account" ON "caller_verifications" USING btree ("account_id","agent_id","begun_at");--> statement-breakpoint
CREATE INDEX "caller_verifications_begun" ON "caller_verifications" USING btree ("begun_at");--> statement-breakpoint
CREATE INDEX "case_notes_case" ON "case_notes" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "removal_requests_account" ON "removal_requests" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "removal_requests_open" ON "removal_requests" USING btree ("decided_at","expires_at");--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("actor","id");--> statement-breakpoint
CREATE INDEX "cases_closed" ON "cases" USING btree ("closed_at","opened_at");