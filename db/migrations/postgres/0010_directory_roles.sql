CREATE TABLE "directory_roles" (
	"account_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"since" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "directory_roles" ADD CONSTRAINT "directory_roles_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;