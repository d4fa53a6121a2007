CREATE TABLE "pairings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"code_hash" text COLLATE "C" NOT NULL,
	"shown" "bytea",
	"factor_id" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"claimed_at" bigint,
	"claim" text COLLATE "C",
	"nonce" text COLLATE "C" NOT NULL,
	"challenge" text COLLATE "C" NOT NULL,
	"phone" "bytea",
	"finished_at" bigint,
	"confirmed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "phone_requests" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"nonce" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"flow" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"tries" bigint NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"why" text COLLATE "C",
	"application" text COLLATE "C" NOT NULL,
	"network" text COLLATE "C",
	"user_agent" text COLLATE "C",
	"factor_id" text COLLATE "C",
	"unlock" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"decided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "phones" (
	"factor_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"public_key" jsonb NOT NULL,
	"counter" bigint NOT NULL,
	"calls" jsonb NOT NULL,
	"unlock" text COLLATE "C" NOT NULL,
	"credential_id" text COLLATE "C",
	"credential_key" text COLLATE "C",
	"sign_count" bigint NOT NULL,
	"backed_up" boolean NOT NULL,
	"pin_hash" text COLLATE "C",
	"system" text COLLATE "C",
	"browser" text COLLATE "C",
	"locked_at" bigint,
	"locked_why" text COLLATE "C",
	"subscription" "bytea",
	"subscribed_at" bigint,
	"test_id" text COLLATE "C",
	"tested_at" bigint,
	"notified_at" bigint,
	"seen_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "pairings" ADD CONSTRAINT "pairings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_requests" ADD CONSTRAINT "phone_requests_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phones" ADD CONSTRAINT "phones_factor_id_factors_id_fk" FOREIGN KEY ("factor_id") REFERENCES "public"."factors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "pairings_account" ON "pairings" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pairings_code" ON "pairings" USING btree ("code_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "pairings_claim" ON "pairings" USING btree ("claim");--> statement-breakpoint
CREATE INDEX "pairings_expiry" ON "pairings" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "phone_requests_account" ON "phone_requests" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "phone_requests_flow" ON "phone_requests" USING btree ("flow");--> statement-breakpoint
CREATE INDEX "phone_requests_age" ON "phone_requests" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "phones_credential" ON "phones" USING btree ("credential_id");