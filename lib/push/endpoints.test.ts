// An endpoint comes from a browser, so from anybody: the portal writes to known push services, and to nothing else.
import { expect, test } from 'vitest';
import { isPushEndpoint, pushHost, subscriptionInput } from './endpoints.ts';

test.each([
  'https://fcm.googleapis.com/fcm/send/dIk2:APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx',
  'https://jmt17.google.com/fcm/send/dIk2:APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx',
  'https://web.push.apple.com/QGuQyavXutnMH-9Wd2XsXw',
  'https://api.sandbox.push.apple.com/3/device/00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0',
  'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABnZ0_aK',
  'https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB%2fyr%3d%3d',
])('a browser’s own endpoint is taken: %s', (endpoint) => expect(isPushEndpoint(endpoint)).toBe(true));

/** Ways to write to somewhere else, or to make two parsers disagree on where. */
const elsewhere: readonly string[] = [
  // The network's inside, in every spelling.
  'https://127.0.0.1/fcm/send/x',
  'https://localhost/fcm/send/x',
  'https://[::1]/fcm/send/x',
  'https://[::ffff:127.0.0.1]/x',
  'https://[fd00::1]/x',
  'https://[fe80::1%25eth0]/x',
  'https://0/x',
  'https://0.0.0.0/x',
  'https://127.1/x',
  'https://2130706433/x',
  'https://0x7f000001/x',
  'https://0177.0.0.1/x',
  'https://10.0.0.1/x',
  'https://172.16.0.1/x',
  'https://192.168.1.1/x',
  'https://169.254.169.254/latest/meta-data/',
  'https://[fd00:ec2::254]/latest/meta-data/',
  'https://metadata.google.internal/computeMetadata/v1/',
  'https://metadata/',
  'https://intranet.inserm.fr/',
  'https://127.0.0.1.nip.io/x',
  // A known name that is not the host.
  'https://fcm.googleapis.com.example.org/fcm/send/x',
  'https://example.org/fcm.googleapis.com/fcm/send/x',
  'https://example.org/?fcm.googleapis.com',
  'https://example.org/#fcm.googleapis.com',
  'https://example.org#@fcm.googleapis.com/',
  'https://fcm.googleapis.com@example.org/x',
  'https://fcm.googleapis.com:x@example.org/x',
  'https://fcm.googleapis.com%40example.org/x',
  'https://fcm.googleapis.com%2eexample.org/x',
  'https://fcm.googleapis.com\\.example.org/x',
  'https://fcm.googleapis.com\\@example.org/x',
  'https://example.org\\fcm.googleapis.com/x',
  'https://xfcm.googleapis.com/x',
  'https://x.fcm.googleapis.com/x',
  'https://googleapis.com/x',
  'https://storage.googleapis.com/x',
  'https://push.apple.com/x',
  'https://.push.apple.com/x',
  'https://xpush.apple.com/x',
  'https://web.push.apple.com.example.org/x',
  'https://notify.windows.com/x',
  'https://evil-notify.windows.com/x',
  'https://push.services.mozilla.com/x',
  // A known host, and something beside.
  'http://fcm.googleapis.com/fcm/send/x',
  'ftp://fcm.googleapis.com/x',
  'file:///etc/passwd',
  'gopher://fcm.googleapis.com/x',
  'data:text/plain,x',
  'javascript:alert(1)',
  'blob:https://fcm.googleapis.com/x',
  'unix:/var/run/docker.sock',
  'https://fcm.googleapis.com:443/fcm/send/x',
  'https://fcm.googleapis.com:8443/fcm/send/x',
  'https://fcm.googleapis.com:22/x',
  'https://user@fcm.googleapis.com/x',
  'https://user:password@fcm.googleapis.com/x',
  'https://@fcm.googleapis.com/x',
  'https://:@fcm.googleapis.com/x',
  'https://fcm.googleapis.com./fcm/send/x',
  'https://fcm.googleapis.com/fcm/send/x#y',
  // Spelt otherwise than a browser spells it.
  'https://FCM.googleapis.com/fcm/send/x',
  'HTTPS://fcm.googleapis.com/fcm/send/x',
  'https:fcm.googleapis.com/fcm/send/x',
  'https:/fcm.googleapis.com/fcm/send/x',
  'https:///fcm.googleapis.com/fcm/send/x',
  'https:\\\\fcm.googleapis.com\\fcm\\send\\x',
  '//fcm.googleapis.com/fcm/send/x',
  'fcm.googleapis.com/fcm/send/x',
  ' https://fcm.googleapis.com/fcm/send/x',
  'https://fcm.googleapis.com/fcm/send/x\n',
  'https://fcm.goo\tgleapis.com/fcm/send/x',
  'https://fcm.googleapis.com/fcm/send/\r\nHost: example.org',
  'https://fcm.googleapis.com/fcm/../../x',
  'https://fcm.googleapis.com/%2e%2e/x',
  'https://fcm。googleapis。com/x',
  'https://ｆcm.googleapis.com/x',
  'https://fcm.googleapis.com\u0000.example.org/x',
  'https://fcm.googleapis.com\u00ad/x',
  `https://fcm.googleapis.com/fcm/send/${'x'.repeat(3000)}`,
  '',
  'https://',
];

test.each(elsewhere)('SSRF: an endpoint elsewhere is not written to: %j', (endpoint) => {
  expect(isPushEndpoint(endpoint)).toBe(false);
  expect(isPushEndpoint(endpoint, ['*.push.example.net'])).toBe(false);
});

test('the settings may add a push service by its name, and no address, no port, no whole domain', () => {
  expect(isPushEndpoint('https://push.example.net/x', ['push.example.net'])).toBe(true);
  expect(isPushEndpoint('https://eu.push.example.net/x', ['*.push.example.net'])).toBe(true);
  expect(isPushEndpoint('https://push.example.net/x', ['*.push.example.net'])).toBe(false);
  for (const host of ['push.example.net', '*.push.example.net', '*.example.net']) expect(pushHost.safeParse(host).success).toBe(true);
  const wrong = [
    '*',
    '*.net',
    '*.*.net',
    'localhost',
    '10.0.0.1',
    '[::1]',
    'push.example.net:8443',
    'https://push.example.net',
    'Push.example.net',
    '',
  ];
  for (const host of wrong) expect(pushHost.safeParse(host).success, host).toBe(false);
});

test('a browser’s keys are a point and sixteen bytes, and nothing comes with them', () => {
  const good = { endpoint: 'https://fcm.googleapis.com/x', p256dh: `B${'a'.repeat(86)}`, auth: 'a'.repeat(22) };
  expect(subscriptionInput.safeParse(good).success).toBe(true);
  for (const wrong of [
    { p256dh: 'a'.repeat(87) },
    { p256dh: `B${'a'.repeat(87)}` },
    { auth: 'a'.repeat(21) },
    { auth: `${'a'.repeat(21)}=` },
    { expirationTime: null },
  ])
    expect(subscriptionInput.safeParse({ ...good, ...wrong }).success).toBe(false);
});
