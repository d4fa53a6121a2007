ALTER TABLE "consents" ADD COLUMN "last_used_at" bigint;--> statement-breakpoint
ALTER TABLE "portal_sessions" ADD COLUMN "user_agent" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "portal_sessions" ADD COLUMN "network" text COLLATE "C";