-- The audit log is append-only (decision 0028). Rebuilding one of these tables drops its triggers: make them again in that migration.
INSERT INTO `unsealed_events` (`id`) SELECT `id` FROM `events`;--> statement-breakpoint
CREATE TRIGGER `events_unsealed` AFTER INSERT ON `events` BEGIN
  INSERT INTO `unsealed_events` (`id`) VALUES (NEW.`id`);
END;--> statement-breakpoint
CREATE TRIGGER `events_no_update` BEFORE UPDATE ON `events` BEGIN
  SELECT RAISE(ABORT, 'The audit log is append-only.');
END;--> statement-breakpoint
CREATE TRIGGER `events_no_delete` BEFORE DELETE ON `events`
WHEN NOT EXISTS (SELECT 1 FROM `audit_chain` WHERE `event_id` = OLD.`id` AND `seq` <= (SELECT max(`seq`) FROM `audit_marks`)) BEGIN
  SELECT RAISE(ABORT, 'The audit log is append-only.');
END;--> statement-breakpoint
CREATE TRIGGER `audit_chain_no_update` BEFORE UPDATE ON `audit_chain` BEGIN
  SELECT RAISE(ABORT, 'The audit log is append-only.');
END;--> statement-breakpoint
CREATE TRIGGER `audit_chain_no_delete` BEFORE DELETE ON `audit_chain`
WHEN NOT EXISTS (SELECT 1 FROM `audit_marks` WHERE `seq` >= OLD.`seq`) BEGIN
  SELECT RAISE(ABORT, 'The audit log is append-only.');
END;--> statement-breakpoint
CREATE TRIGGER `unsealed_events_no_update` BEFORE UPDATE ON `unsealed_events` BEGIN
  SELECT RAISE(ABORT, 'The audit log is append-only.');
END;--> statement-breakpoint
CREATE TRIGGER `unsealed_events_no_delete` BEFORE DELETE ON `unsealed_events`
WHEN NOT EXISTS (SELECT 1 FROM `audit_chain` WHERE `event_id` = OLD.`id`) BEGIN
  SELECT RAISE(ABORT, 'The audit log is append-only.');
END;--> statement-breakpoint
CREATE TRIGGER `audit_marks_no_update` BEFORE UPDATE ON `audit_marks` BEGIN
  SELECT RAISE(ABORT, 'The audit log is append-only.');
END;--> statement-breakpoint
CREATE TRIGGER `audit_marks_no_delete` BEFORE DELETE ON `audit_marks`
WHEN NOT EXISTS (SELECT 1 FROM `audit_marks` WHERE `seq` > OLD.`seq`) BEGIN
  SELECT RAISE(ABORT, 'The audit log is append-only.');
END;
