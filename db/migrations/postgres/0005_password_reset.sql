CREATE TABLE "password_resets" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"address" "bytea" NOT NULL,
	"browser" text COLLATE "C",
	"sign_in" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"mailbox_proven_at" bigint,
	"proven_by" text COLLATE "C",
	"proven_at" bigint,
	"finished_at" bigint
);
--> statement-breakpoint
ALTER TABLE "code_sendings" RENAME COLUMN "account_id" TO "subject";--> statement-breakpoint
ALTER TABLE "code_sendings" DROP CONSTRAINT "code_sendings_account_id_accounts_id_fk";
--> statement-breakpoint
UPDATE "code_sendings" SET "subject" = 'email-code:sign-in:' || "subject";--> statement-breakpoint
ALTER TABLE "email_codes" DROP CONSTRAINT "email_codes_account_id_accounts_id_fk";
--> statement-breakpoint
DROP INDEX "code_sendings_account";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "password_frozen_at" bigint;--> statement-breakpoint
CREATE INDEX "password_resets_account" ON "password_resets" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "password_resets_expiry" ON "password_resets" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "code_sendings_subject" ON "code_sendings" USING btree ("subject","at");--> statement-breakpoint
-- Counted by purpose from now on: what was counted so far, at sign-in, goes on counting.
UPDATE attempts SET subject = 'email-code:sign-in:' || substr(subject, 12) WHERE subject LIKE 'email-code:%' AND subject NOT LIKE 'email-code:sign-in:%';
