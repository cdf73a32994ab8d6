/** `node bench/failover/check.ts <history.jsonl>`: prints each violation, and exits with 1 if there is one. */
import type { Call, Final, Line } from './history.ts';
import { readHistory } from './history.ts';

/** A result that no correct run can have. */
export type Violation = {
  readonly rule: 'sum' | 'arithmetic' | 'lost' | 'twice' | 'unasked' | 'stale';
  readonly key: string;
  readonly what: string;
  /** The calls that prove it. */
  readonly calls: readonly number[];
};

const group = (calls: readonly Call[], kind: Call['kind']): ReadonlyMap<string, Call[]> => {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    if (call.kind !== kind) continue;
    const list = groups.get(call.key) ?? [];
    list.push(call);
    groups.set(call.key, list);
  }
  return groups;
};

/** Compares the responses with each other and with the final content of the database. */
export function check(lines: readonly Line[]): readonly Violation[] {
  const calls = lines.filter((line) => line.type === 'call');
  const final = lines.find((line) => line.type === 'final');
  if (!final) throw new Error('The history has no line "final": the run did not end');
  return [
    ...checkWallets(calls, final),
    ...checkOnce(group(calls, 'consume'), final.tokens),
    ...checkOnce(group(calls, 'reward'), {}),
    ...checkOnce(group(calls, 'set'), {}),
    ...checkCounters(calls, final),
  ];
}

function checkWallets(calls: readonly Call[], { players }: Final): Violation[] {
  const found: Violation[] = [];
  const transfers = group(calls, 'transfer');
  const balances = group(calls, 'balance');
  for (const [key, { balance, records }] of Object.entries(players)) {
    const tell = (rule: Violation['rule'], what: string, of: readonly Call[] = []) =>
      found.push({ rule, key, what, calls: of.map(({ call }) => call) });
    const own = transfers.get(key) ?? [];
    const done = own.filter(({ result }) => result === 'ok');

    const sum = records.reduce((total, { coin }) => total + coin, 0);
    if (sum !== balance) tell('sum', `the balance is ${balance}, and its records sum to ${sum}`);
    const sorted = [...records].sort((a, b) => a.id - b.id);
    let before = 0;
    for (const record of sorted) {
      if (record.before + record.coin !== record.after)
        tell('arithmetic', `record ${record.id}: ${record.before} + ${record.coin} is not ${record.after}`);
      if (record.before !== before)
        tell('arithmetic', `record ${record.id} begins with ${record.before}, after ${before}`);
      before = record.after;
    }

    const byId = new Map(records.map((record) => [record.id, record]));
    const told = new Map<number, Call>();
    for (const call of done) {
      const { record, coin } = call;
      if (!record) continue;
      const kept = byId.get(record.id);
      const earlier = told.get(record.id);
      if (earlier) tell('twice', `record ${record.id} was the response to two calls`, [earlier, call]);
      told.set(record.id, call);
      if (!kept) tell('lost', `record ${record.id} was acknowledged and is not there`, [call]);
      else if (kept.coin !== coin || kept.before !== record.before || kept.after !== record.after)
        tell('lost', `record ${record.id} was acknowledged otherwise than it is`, [call]);
    }
    checkCounts(records, own, tell);
    checkBalances(balances.get(key) ?? [], done, sorted, tell);
  }
  return found;
}

type Tell = (rule: Violation['rule'], what: string, of?: readonly Call[]) => void;

/** For each amount, there are as many records as calls that took effect or may have. */
function checkCounts(records: readonly { readonly coin: number }[], own: readonly Call[], tell: Tell): void {
  for (const coin of new Set([...records, ...own].map((one) => one.coin))) {
    const made = records.filter((record) => record.coin === coin).length;
    const of = own.filter((call) => call.coin === coin);
    const sure = of.filter(({ result }) => result === 'ok').length;
    const most = sure + of.filter(({ result }) => result === 'unknown').length;
    if (made > most) tell('unasked', `${made} records of ${coin}, and at most ${most} calls made them`, of);
    if (made < sure) tell('lost', `${made} records of ${coin}, and ${sure} were acknowledged`, of);
  }
}

/**
 * Each read balance must be one that the wallet had. It must not be older than a transfer that was acknowledged before
 * the read began.
 */
function checkBalances(
  reads: readonly Call[],
  done: readonly Call[],
  sorted: readonly { readonly id: number; readonly after: number }[],
  tell: Tell,
): void {
  for (const read of reads) {
    if (read.result !== 'ok') continue;
    const known = Math.max(-1, ...done.flatMap(({ to, record }) => (record && to <= read.from ? [record.id] : [])));
    const possible = sorted.filter(({ id }) => id >= known).map(({ after }) => after);
    if (known < 0) possible.push(0);
    if (!possible.includes(read.value ?? NaN))
      tell('stale', `a balance of ${read.value} was read, which it did not have after record ${known}`, [read]);
  }
}

/** Each key takes effect once, and permanently. */
function checkOnce(
  calls: ReadonlyMap<string, readonly Call[]>,
  states: { readonly [key: string]: boolean },
): Violation[] {
  return [...calls].flatMap(([key, of]): Violation[] => {
    const done = of.filter(({ result }) => result === 'ok');
    const found: Violation[] = [];
    const tell = (rule: Violation['rule'], what: string) =>
      found.push({ rule, key, what, calls: done.map(({ call }) => call) });
    if (done.length > 1) tell('twice', `it took effect for ${done.length} calls`);
    if (done.length === 1 && states[key] === false) tell('lost', 'it was acknowledged and has not taken effect');
    if (states[key] === true && of.every(({ result }) => result === 'refused'))
      tell('unasked', 'it took effect, and each call was rejected');
    return found;
  });
}

function checkCounters(calls: readonly Call[], { values }: Final): Violation[] {
  const increases = group(calls, 'increase');
  return Object.entries(values).flatMap(([key, value]): Violation[] => {
    const own = increases.get(key) ?? [];
    const sure = own.filter(({ result }) => result === 'ok').length;
    const most = sure + own.filter(({ result }) => result === 'unknown').length;
    const found: Violation[] = [];
    const tell = (rule: Violation['rule'], what: string, of: readonly Call[]) =>
      found.push({ rule, key, what, calls: of.map(({ call }) => call) });
    if (value < sure) tell('lost', `the value is ${value}, and ${sure} increases were acknowledged`, own);
    if (value > most) tell('unasked', `the value is ${value}, and at most ${most} increases took effect`, own);
    for (const read of (group(calls, 'value').get(key) ?? []).filter(({ result }) => result === 'ok')) {
      const least = own.filter(({ result, to }) => result === 'ok' && to <= read.from).length;
      const begun = own.filter(({ result, from }) => result !== 'refused' && from <= read.to).length;
      if ((read.value ?? NaN) < least)
        tell('stale', `${read.value} was read after ${least} acknowledged increases`, [read]);
      if ((read.value ?? NaN) > begun) tell('unasked', `${read.value} was read after ${begun} increases began`, [read]);
    }
    return found;
  });
}

if (import.meta.main) {
  const [path = ''] = process.argv.slice(2);
  const lines = await readHistory(path);
  const violations = check(lines);
  for (const { rule, key, what, calls } of violations)
    console.log(`${rule} (${key}): ${what}; calls ${calls.slice(0, 10).join(', ')}`);
  const calls = lines.filter((line) => line.type === 'call');
  const of = (result: Call['result']) => calls.filter((call) => call.result === result).length;
  console.log(
    `${calls.length} calls: ${of('ok')} ok, ${of('refused')} rejected, ${of('unknown')} unknown. ${violations.length} violations`,
  );
  if (violations.length > 0) process.exitCode = 1;
}
