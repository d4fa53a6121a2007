// A desktop's notification area, alone on a message bus of its own: sees what a person would see, clicks what a person would click.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dbus from 'dbus-next';

export interface ShownNotification {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  /** Keys and labels of its buttons; `default` is the notification itself. */
  readonly actions: readonly { readonly key: string; readonly label: string }[];
}

export interface NotificationDaemon {
  /** For the browser's environment: DBUS_SESSION_BUS_ADDRESS. */
  readonly address: string;
  /** Oldest first; one that replaces another has its id. */
  readonly shown: readonly ShownNotification[];
  /** @param key of the button; the notification itself when left out */
  click(notification: ShownNotification, key?: string): void;
  stop(): Promise<void>;
}

const name = 'org.freedesktop.Notifications';

/** The desktop's side of the Desktop Notifications Specification 1.2. Signals are methods that are called: so the library wants it. */
class Area extends dbus.interface.Interface {
  readonly shown: ShownNotification[] = [];
  private last = 0;

  constructor() {
    super(name);
  }
  GetCapabilities() {
    return ['actions', 'body', 'persistence'];
  }
  GetServerInformation() {
    return ['desktop', 'portal', '1', '1.2'];
  }
  Notify(_application: string, replaced: number, _icon: string, title: string, body: string, actions: readonly string[]) {
    if (!replaced) this.last += 1;
    const id = replaced || this.last;
    const pairs = Array.from({ length: actions.length / 2 }, (_, n) => ({ key: actions[2 * n] ?? '', label: actions[2 * n + 1] ?? '' }));
    this.shown.push({ id, title, body, actions: pairs });
    return id;
  }
  CloseNotification(id: number) {
    this.NotificationClosed(id, 3);
  }
  NotificationClosed(id: number, reason: number) {
    return [id, reason];
  }
  ActionInvoked(id: number, key: string) {
    return [id, key];
  }
}
Area.configureMembers({
  methods: {
    GetCapabilities: { outSignature: 'as' },
    GetServerInformation: { outSignature: 'ssss' },
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u' },
  },
  signals: { NotificationClosed: { signature: 'uu' }, ActionInvoked: { signature: 'us' } },
});

/** A session bus that starts no service of the machine's: nothing is left running. */
const configuration = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

/** Needs dbus-daemon (apt-get install dbus libnotify4). */
export async function startNotificationDaemon(): Promise<NotificationDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-desktop-'));
  const file = join(folder, 'bus.conf');
  writeFileSync(file, configuration);
  // What it says beside its address is about its privileges.
  const started = [`--config-file=${file}`, '--nofork', '--nopidfile', '--print-address=1'];
  const daemon = spawn('dbus-daemon', started, { stdio: ['ignore', 'pipe', 'ignore'] });
  const address = await addressOf(daemon);
  rmSync(folder, { recursive: true });
  const bus = dbus.sessionBus({ busAddress: address });
  const area = new Area();
  await bus.requestName(name, 0);
  bus.export('/org/freedesktop/Notifications', area);
  return {
    address,
    shown: area.shown,
    click: ({ id }, key = 'default') => {
      area.ActionInvoked(id, key);
    },
    async stop() {
      bus.disconnect();
      const gone = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill();
      await gone;
    },
  };
}

const addressOf = (daemon: ChildProcess) =>
  new Promise<string>((resolve, reject) => {
    daemon.once('error', reject);
    daemon.once('exit', (code) => reject(new Error(`dbus-daemon ended with ${code}.`)));
    daemon.stdout?.once('data', (line: Buffer) => resolve(line.toString().trim()));
  });
