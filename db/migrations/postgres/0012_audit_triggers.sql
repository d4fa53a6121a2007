-- The audit log is append-only (decision 0028).
INSERT INTO "unsealed_events" ("id") SELECT "id" FROM "events";--> statement-breakpoint
CREATE FUNCTION "audit_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is append-only.';
END $$;--> statement-breakpoint
CREATE FUNCTION "audit_note_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "unsealed_events" ("id") VALUES (NEW."id");
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "audit_may_delete"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE allowed boolean;
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'events' THEN
      SELECT EXISTS (SELECT 1 FROM "audit_chain" WHERE "event_id" = OLD."id" AND "seq" <= (SELECT max("seq") FROM "audit_marks")) INTO allowed;
    WHEN 'audit_chain' THEN
      SELECT EXISTS (SELECT 1 FROM "audit_marks" WHERE "seq" >= OLD."seq") INTO allowed;
    WHEN 'unsealed_events' THEN
      SELECT EXISTS (SELECT 1 FROM "audit_chain" WHERE "event_id" = OLD."id") INTO allowed;
    ELSE
      SELECT EXISTS (SELECT 1 FROM "audit_marks" WHERE "seq" > OLD."seq") INTO allowed;
  END CASE;
  IF NOT allowed THEN
    RAISE EXCEPTION 'The audit log is append-only.';
  END IF;
  RETURN OLD;
END $$;--> statement-breakpoint
CREATE TRIGGER "events_unsealed" AFTER INSERT ON "events" FOR EACH ROW EXECUTE FUNCTION "audit_note_event"();--> statement-breakpoint
CREATE TRIGGER "events_no_update" BEFORE UPDATE ON "events" FOR EACH ROW EXECUTE FUNCTION "audit_append_only"();--> statement-breakpoint
CREATE TRIGGER "events_no_delete" BEFORE DELETE ON "events" FOR EACH ROW EXECUTE FUNCTION "audit_may_delete"();--> statement-breakpoint
CREATE TRIGGER "events_no_truncate" BEFORE TRUNCATE ON "events" FOR EACH STATEMENT EXECUTE FUNCTION "audit_append_only"();--> statement-breakpoint
CREATE TRIGGER "audit_chain_no_update" BEFORE UPDATE ON "audit_chain" FOR EACH ROW EXECUTE FUNCTION "audit_append_only"();--> statement-breakpoint
CREATE TRIGGER "audit_chain_no_delete" BEFORE DELETE ON "audit_chain" FOR EACH ROW EXECUTE FUNCTION "audit_may_delete"();--> statement-breakpoint
CREATE TRIGGER "audit_chain_no_truncate" BEFORE TRUNCATE ON "audit_chain" FOR EACH STATEMENT EXECUTE FUNCTION "audit_append_only"();--> statement-breakpoint
CREATE TRIGGER "unsealed_events_no_update" BEFORE UPDATE ON "unsealed_events" FOR EACH ROW EXECUTE FUNCTION "audit_append_only"();--> statement-breakpoint
CREATE TRIGGER "unsealed_events_no_delete" BEFORE DELETE ON "unsealed_events" FOR EACH ROW EXECUTE FUNCTION "audit_may_delete"();--> statement-breakpoint
CREATE TRIGGER "unsealed_events_no_truncate" BEFORE TRUNCATE ON "unsealed_events" FOR EACH STATEMENT EXECUTE FUNCTION "audit_append_only"();--> statement-breakpoint
CREATE TRIGGER "audit_marks_no_update" BEFORE UPDATE ON "audit_marks" FOR EACH ROW EXECUTE FUNCTION "audit_append_only"();--> statement-breakpoint
CREATE TRIGGER "audit_marks_no_delete" BEFORE DELETE ON "audit_marks" FOR EACH ROW EXECUTE FUNCTION "audit_may_delete"();--> statement-breakpoint
CREATE TRIGGER "audit_marks_no_truncate" BEFORE TRUNCATE ON "audit_marks" FOR EACH STATEMENT EXECUTE FUNCTION "audit_append_only"();
