// How long the CLI takes to import 10,000 accounts, hashing apart: the file has no passwords.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measure, round } from './measure.ts';

const lines = 10_000;
const aimSeconds = 60;

export const importMeasure: Measure = {
  name: 'import',
  about: 'importing 10,000 accounts from CSV, without passwords',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'));
    try {
      const file = join(folder, 'accounts.csv');
      const rows = Array.from({ length: lines }, (_, n) => `prenom${n}.nom@${n % 5 ? '' : 'ext.'}inserm.fr,Prénom${n},Nom,`);
      writeFileSync(file, `address,given_name,family_name,affiliations\n${rows.join('\n')}\n`);
      const { DATABASE_URL: _database, PORTAL_KEYS: _keys, ...inherited } = process.env;
      const env = { ...inherited, PORTAL_MODE: 'demo', PORTAL_DATA: folder, PORTAL_SETTINGS: devNull };
      const started = performance.now();
      const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/portal.ts', 'accounts', 'import', file], {
        env,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      if (status !== 0) throw new Error(`The import ended with ${status}: ${stderr.slice(-1000)}`);
      const elapsed = (performance.now() - started) / 1000;
      return [
        {
          what: 'importing 10,000 accounts, the command’s start included',
          value: round(elapsed, 2),
          unit: 's',
          aim: 'under 60',
          met: elapsed < aimSeconds,
        },
        { what: 'accounts per second', value: Math.round(lines / elapsed), unit: '/s' },
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
