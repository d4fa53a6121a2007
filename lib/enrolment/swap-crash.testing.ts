// A process made to be killed: replaces a lost phone, and dies at the point that it was told, in the middle of a unit of work or just after.
import { writeSync } from 'node:fs';
import { listFactors } from '#db/factors';
import { migrate } from '#db/migrate';
import { openSqlite } from '#db/store';
import type { Script, Store } from '#db/unit';
import { lostPhoneWorld, proven, replacingFlow } from '../lost-phone/lost-phone.testing.ts';
import { totpCode } from '../portal.testing.ts';
import { installApp } from './install-app.ts';
import { scanCode } from './scan-code.ts';
import { pendingKey } from './swap.testing.ts';

const [file = '', at = ''] = process.argv.slice(2);
if (file) {
  let armed = false;
  let passed = 0;
  /** Between two statements, before the commit, or after it and before anybody is told. */
  const point = () => {
    if (armed && passed++ === Number(at)) process.kill(process.pid, 'SIGKILL');
  };
  const real = openSqlite(file);
  await migrate(real);
  const store: Store = {
    ...real,
    async unit(key, script) {
      const done = await real.unit(key, function* (tx): ReturnType<typeof script> {
        const running = script(tx) as Script<Awaited<ReturnType<typeof real.unit>>>;
        let input: unknown;
        for (;;) {
          point();
          const next = running.next(input);
          if (next.done) return next.value as never;
          input = yield next.value;
        }
      });
      point();
      return done;
    },
  };
  const world = await lostPhoneWorld(0, { store });
  const { portal, claire } = world;
  await proven(world, 'pass');
  const flow = replacingFlow(world);
  await installApp(portal, flow, { app: 'Google Authenticator' });
  const code = totpCode(await pendingKey(portal, claire.id), portal.now());
  const [old] = await portal.store.read((tx) => listFactors(tx, claire.id));
  writeSync(1, `${old?.id}\n`);
  armed = true;
  const scanned = await scanCode(portal, flow, { code });
  armed = false;
  writeSync(1, `${scanned.ok} ${passed}\n`);
  await portal.close();
}
