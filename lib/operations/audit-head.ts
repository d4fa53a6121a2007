// Where the audit log ended last, kept beside the database and in the log: a chain whose end was cut off is whole in itself.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Place } from '../audit/rules.ts';
import { sealEvents } from '../audit/seal-events.ts';
import { chainHead, isOfThisChain } from '../audit/verify-chain.ts';
import { hours, seconds } from '../duration.ts';
import type { Portal } from '../portal.ts';
import type { Settings } from '../settings.ts';

const pause = seconds(2);
/** Milliseconds after each unit of work, of which each takes about half as many. */
const rest = 20;
/** Units of work in one pass: a stop waits for the pass under way. */
const most = 50;
/** How often the head is told to the log, which is copied elsewhere (SEC-112). */
const between = hours(1);
const place = z.strictObject({ seq: z.number().int().min(0), hash: z.string() });

/** Where the head of the audit log's chain is kept, outside the database. */
export const headFile = ({ dataFolder }: Pick<Settings, 'dataFolder'>): string => join(dataFolder, 'audit-head.json');

/** @returns null when none was kept, or it can't be read */
export function keptHead(settings: Pick<Settings, 'dataFolder'>): Place | null {
  try {
    return place.parse(JSON.parse(readFileSync(headFile(settings), 'utf8')));
  } catch {
    return null;
  }
}

/** After a restore, the log ends elsewhere: the next sealing keeps its head. */
export const forgetHead = (settings: Pick<Settings, 'dataFolder'>): void => rmSync(headFile(settings), { force: true });

type Sealing = Pick<Portal, 'store' | 'secrets' | 'now' | 'settings' | 'log'>;

/**
 * Seals what waits and keeps the new head; not when the chain has lost the one that was kept: it stays as evidence.
 * @param rounds and `between`: as in `sealEvents`. @returns how many events were sealed
 */
export async function sealAndKeepHead(portal: Sealing, rounds = Number.POSITIVE_INFINITY, between = 0): Promise<number> {
  const { settings, log } = portal;
  const sealed = await sealEvents(portal, rounds, between);
  // Another node may have sealed.
  const head = await chainHead(portal);
  const before = keptHead(settings);
  if (head.seq === (before?.seq ?? 0) && head.hash === (before?.hash ?? '')) return sealed;
  if (before && !(await isOfThisChain(portal, before))) {
    if (sealed > 0) log.error({ seq: before.seq }, 'The audit log no longer has a place that it had: run `npm run portal -- audit verify`.');
    return sealed;
  }
  const file = headFile(settings);
  // Whole or not at all; each process its own, so that two never write into one.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(head), { mode: 0o600 });
  renameSync(own, file);
  return sealed;
}

/** Seals every two seconds. @returns what stops it, after a last time */
export function startSealing(portal: Sealing): () => Promise<void> {
  const { log, now, settings } = portal;
  let told = Number.NEGATIVE_INFINITY;
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const pass = async (rounds: number) => {
    busy = true;
    try {
      await sealAndKeepHead(portal, rounds, rest);
      if (now() - told >= between) {
        const head = keptHead(settings);
        if (head) {
          log.info(head, 'The head of the audit log.');
          told = now();
        }
      }
    } catch (error) {
      log.error({ err: error }, 'The audit log could not be sealed; it will be tried again.');
    } finally {
      busy = false;
    }
  };
  const every = setInterval(() => {
    if (!busy) running = pass(most);
  }, pause);
  every.unref();
  return async () => {
    clearInterval(every);
    await running;
    await pass(1);
  };
}
