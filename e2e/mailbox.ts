// What arrived in somebody's mailbox, as the mail server tells it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './world.ts';

export interface Mail {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const patienceMs = 20_000;
const pauseMs = 100;
/** A code stands first in its subject: « 482 916 est votre code… ». */
const codeInSubject = /^(\d{3})\s?(\d{3})\b/u;

/** Newest first. @param address as the portal writes it */
export async function mailOf(world: World, address: string): Promise<Mail[]> {
  const response = await fetch(`${world.mail}/api/email?to.address=${encodeURIComponent(address)}`);
  return ((await response.json()) as (Mail & { time: string })[]).reverse();
}

/** Waits for the nth code (the first is 1) sent to an address, and gives its digits. */
export async function readCode(world: World, address: string, nth = 1): Promise<string> {
  let codes: string[] = [];
  for (let waited = 0; waited < patienceMs; waited += pauseMs) {
    const mails = await mailOf(world, address);
    codes = mails.flatMap((mail) => {
      const found = codeInSubject.exec(mail.subject);
      return found ? [`${found[1]}${found[2]}`] : [];
    });
    if (codes.length >= nth) return codes.reverse()[nth - 1] ?? '';
    await sleep(pauseMs);
  }
  throw new Error(`${codes.length} codes were sent to ${address}; waited for number ${nth}.`);
}

/** Waits for a letter with this subject, the newest first. */
export async function readLetter(world: World, address: string, subject: string | RegExp): Promise<Mail> {
  for (let waited = 0; waited < patienceMs; waited += pauseMs) {
    const found = (await mailOf(world, address)).find((mail) =>
      typeof subject === 'string' ? mail.subject === subject : subject.test(mail.subject),
    );
    if (found) return found;
    await sleep(pauseMs);
  }
  throw new Error(`No letter « ${subject} » to ${address}.`);
}
