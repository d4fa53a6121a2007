CREATE TABLE "challenges" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C",
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"credential_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"factor_id" text COLLATE "C" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" jsonb NOT NULL,
	"aaguid" text COLLATE "C" NOT NULL,
	"backed_up" boolean NOT NULL,
	"user_verified" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_browsers" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"user_agent" text COLLATE "C",
	"network" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "knocked_at" bigint;--> statement-breakpoint
ALTER TABLE "factors" ADD COLUMN "frozen_at" bigint;--> statement-breakpoint
ALTER TABLE "portal_sessions" ADD COLUMN "proven_at" bigint;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_factor_id_factors_id_fk" FOREIGN KEY ("factor_id") REFERENCES "public"."factors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_browsers" ADD CONSTRAINT "session_browsers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "challenges_expiry" ON "challenges" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "session_browsers_account" ON "session_browsers" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "session_browsers_seen" ON "session_browsers" USING btree ("seen_at");