// Processor time of a process and all its descendants.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever its own clock does (sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly milliseconds: number;
}

/** User and system time so far, milliseconds, to the nearest ten. */
export function cpuTimeOf(pid: number): number {
  const entries = existsSync('/proc/self/stat') ? fromProc() : fromPs();
  const family = new Set([pid]);
  for (let grown = true; grown; ) {
    const before = family.size;
    for (const e of entries) if (family.has(e.parent)) family.add(e.pid);
    grown = family.size > before;
  }
  return entries.filter((e) => family.has(e.pid)).reduce((sum, e) => sum + e.milliseconds, 0);
}

function fromProc(): Entry[] {
  const ids = execFileSync('ls', ['/proc'], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
      // The name, in brackets, may hold spaces and brackets: fields are counted from its end.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = Number(fields[11]) + Number(fields[12]);
      return [{ pid: Number(id), parent: Number(fields[1]), milliseconds: (ticks * 1000) / ticksPerSecond }];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}

function fromPs(): Entry[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,time='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid, parent, time = '0'] = line.trim().split(/\s+/);
    const seconds = time.split(/[-:]/).reduce((sum, part, i, all) => sum * (all.length === 4 && i === 1 ? 24 : 60) + Number(part), 0);
    return { pid: Number(pid), parent: Number(parent), milliseconds: seconds * 1000 };
  });
}
