import { readFile } from 'node:fs/promises';

/** Ticks of the kernel's clock are 10 ms on every Linux machine (`getconf CLK_TCK`). */
const TICK = 10;

/** CPU time in milliseconds, in user and system mode, that processes have used so far. Linux only. */
export async function cpuTimeOf(pids: readonly (number | undefined)[]): Promise<number> {
  let total = 0;
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // After the program's name in parentheses: user time is field 14 overall, system time field 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    total += (Number(fields[11]) + Number(fields[12])) * TICK;
  }
  return total;
}
