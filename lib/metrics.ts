// What is counted and measured of this process, for Prometheus. No label says who: each has as many values as the source names.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is looked up when somebody asks (lib/operations/scrape.ts). */
const gauges = {
  portal_mail_waiting: 'Letters that have not left yet.',
  portal_mail_oldest_seconds: 'Age of the oldest letter that is due or has failed; 0 when there is none.',
  portal_mail_failing: 'Letters that wait after a try that failed.',
  portal_hashing_running: 'Slow hashes being made.',
  portal_hashing_waiting: 'Slow hashes that wait for their turn.',
  portal_streams_open: 'Browsers and telephones that wait by an event stream.',
  portal_attempts_waiting: 'Things guessed at too often, which take no try for a while.',
  portal_audit_unsealed: 'Lines of the audit log that have no place in its chain yet.',
  portal_failures_last_minute: 'Wrong passwords, codes and answers within a minute, over all accounts and nodes, but those in known browsers.',
  portal_failures_last_hour: 'The same within an hour.',
  portal_slow_mode: '1 while browsers that nobody knows sign in one after the other (SEC-09).',
  portal_clock_skew_seconds: 'How far this clock is ahead of the one, of those it was compared with, that differs most; 0 when none answered.',
  portal_clock_trusted: '0 while several clocks agree that this one is wrong, and codes of apps are refused for it (SEC-115).',
  portal_slow_mode_waiting: 'Sign-ins that wait for their turn in slow mode.',
} as const;
export type GaugeName = keyof typeof gauges;

/** What is counted elsewhere since the process began, and copied when somebody asks. */
const totals = {
  portal_push_messages_total: { help: 'Notifications to telephones, by how they ended.', label: 'outcome' },
  portal_push_retries_total: { help: 'Further tries of a notification.' },
  portal_hashing_refused_total: { help: 'Requests refused because too many hashes were waiting (SEC-13).' },
} as const;

export interface Metrics {
  /** @param seconds from the request to its end; null when that says nothing */
  answered(route: string, method: string, status: number, seconds: number | null): void;
  /** One line of the audit log was kept. @param type of lib/audit/events.ts */
  happened(type: string): void;
  /** One try to hand a letter to the mail server. */
  mailed(outcome: 'sent' | 'failed' | 'refused' | 'worthless'): void;
  /** One question to the directory. */
  asked(operation: string, outcome: 'answered' | 'failed', seconds: number): void;
  alerted(kind: string): void;
  set(name: GaugeName, value: number): void;
  setTotal(name: keyof typeof totals, value: number, label?: string): void;
  /** Node's own: memory, event loop, garbage collection. Once per process. */
  watchProcess(): void;
  /** Exposition format 0.0.4. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** @param build what runs */
export function createMetrics(build: { readonly version: string; readonly engine: string }): Metrics {
  const register = new Registry();
  const registers = [register];
  const requests = new Counter({
    name: 'portal_http_requests_total',
    help: 'Requests answered.',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'portal_http_request_duration_seconds',
    help: 'From a request to the end of its answer; without event streams.',
    labelNames: ['route'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const events = new Counter({ name: 'portal_events_total', help: 'Lines of the audit log.', labelNames: ['type'], registers });
  const mail = new Counter({ name: 'portal_mail_total', help: 'Tries to hand a letter to the mail server.', labelNames: ['outcome'], registers });
  const directory = new Histogram({
    name: 'portal_directory_duration_seconds',
    help: 'Questions to the directory.',
    labelNames: ['operation', 'outcome'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const alerts = new Counter({ name: 'portal_alerts_total', help: 'Alerts raised by this node.', labelNames: ['kind'], registers });
  const measured = new Map(Object.entries(gauges).map(([name, help]) => [name, new Gauge({ name, help, registers })]));
  /** What was copied so far, by name and label. */
  const known = new Map<string, number>();
  const copied = new Map(
    Object.entries(totals).map(([name, total]) => [
      name,
      new Counter({ name, help: total.help, labelNames: 'label' in total ? [total.label] : [], registers }),
    ]),
  );
  new Gauge({ name: 'portal_build_info', help: 'What runs.', labelNames: ['version', 'engine', 'node'], registers }).set(
    { ...build, node: process.version },
    1,
  );

  return {
    answered(route, method, status, seconds) {
      requests.inc({ route, method: /^(GET|HEAD|POST|OPTIONS)$/.test(method) ? method : 'other', status: String(status) });
      if (seconds !== null) durations.observe({ route }, seconds);
    },
    happened: (type) => events.inc({ type }),
    mailed: (outcome) => mail.inc({ outcome }),
    asked: (operation, outcome, seconds) => directory.observe({ operation, outcome }, seconds),
    alerted: (kind) => alerts.inc({ kind }),
    set: (name, value) => measured.get(name)?.set(value),
    setTotal(name, value, label) {
      const counter = copied.get(name);
      const { [name]: total } = totals;
      const labels = 'label' in total ? { [total.label]: label ?? '' } : {};
      // There is no setter: what is missing is added.
      const before = known.get(`${name} ${label ?? ''}`) ?? 0;
      if (value > before) counter?.inc(labels, value - before);
      else if (before === 0) counter?.inc(labels, 0);
      known.set(`${name} ${label ?? ''}`, Math.max(value, before));
    },
    watchProcess: () => collectDefaultMetrics({ register }),
    async read() {
      return { contentType: register.contentType, text: await register.metrics() };
    },
  };
}
