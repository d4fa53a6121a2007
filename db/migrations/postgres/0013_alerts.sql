CREATE TABLE "alerts" (
	"kind" text COLLATE "C" PRIMARY KEY NOT NULL,
	"raised_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "failure_minutes" (
	"minute" bigint PRIMARY KEY NOT NULL,
	"failures" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "code_sendings_at" ON "code_sendings" USING btree ("at");