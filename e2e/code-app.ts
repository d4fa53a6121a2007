// Somebody's phone: scans a QR code from the screen's pixels and shows codes, with other libraries than the portal's.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import jsqr from 'jsqr';
import { generateSync } from 'otplib';
import { PNG } from 'pngjs';

const periodSeconds = 30;
/** Time enough to type a code before it is one step older. */
const marginSeconds = 8;

/** What a camera reads in the QR code on the page. @param name of the picture, for screen readers */
export async function scanQr(page: Page, name: RegExp = /QR/): Promise<string> {
  const picture = page.getByRole('img', { name });
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  if (!box) throw new Error('There is no QR code on the page.');
  const margin = 12;
  const clip = { x: Math.max(0, box.x - margin), y: Math.max(0, box.y - margin), width: box.width + 2 * margin, height: box.height + 2 * margin };
  const { data, width, height } = PNG.sync.read(await page.screenshot({ clip }));
  const read = jsqr(new Uint8ClampedArray(data), width, height);
  if (!read) throw new Error('The QR code can’t be read from the screen.');
  return read.data;
}

/** The parameters of an otpauth:// address (the key URI format of Google Authenticator). */
export function keyOf(otpauth: string): { secret: string; label: string; issuer: string | null } {
  const uri = new URL(otpauth);
  if (uri.protocol !== 'otpauth:' || uri.host !== 'totp') throw new Error(`Not a code app’s address: ${otpauth}`);
  const secret = uri.searchParams.get('secret');
  if (!secret) throw new Error('The address has no secret.');
  return { secret, label: decodeURIComponent(uri.pathname.slice(1)), issuer: uri.searchParams.get('issuer') };
}

/**
 * The code that the app shows, with time enough left to type it.
 * @param stepsAgo 1 for the code that has just gone: the portal takes it too, once, and the current one stays good for the next page
 */
export async function codeOf(secret: string, stepsAgo = 0): Promise<string> {
  const leftSeconds = periodSeconds - ((Date.now() / 1000) % periodSeconds);
  if (leftSeconds < marginSeconds) await sleep((leftSeconds + 0.1) * 1000);
  return generateSync({ secret, epoch: Math.floor(Date.now() / 1000) - stepsAgo * periodSeconds });
}
