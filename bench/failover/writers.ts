import pg from 'pg';
import { dailyPlayOf } from '../../test/sandbox/dailyplay-http.ts';
import { diceyFunOf } from '../../test/sandbox/dicey-fun-http.ts';
import type { SandboxProcess } from '../../test/sandbox/harness/index.ts';
import { plattrUser } from '../../test/sandbox/plattr-http.ts';
import type { Call, Final, History } from './history.ts';

type End = Pick<Call, 'result' | 'record' | 'value'>;
/** Processes are replaced on a restart, on the same port. */
export type Processes = () => readonly SandboxProcess[];

/** Timeout of a call in milliseconds. */
const PATIENCE = 15_000;
/** Milliseconds between two calls of a writer. */
const PAUSE = 50;

const unknown: End = { result: 'unknown' };
const isRefusal = (code: number): boolean => code >= 400 && code < 500 && code !== 408;

/** The result is `unknown` if there is no response or an unreadable one. */
async function bounded(work: () => Promise<End>): Promise<End> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<End>((resolve) => {
    timer = setTimeout(() => resolve(unknown), PATIENCE);
  });
  try {
    return await Promise.race([work(), late]);
  } catch {
    return unknown;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One writer: transfers and balances of its player, tokens consumed twice, rewards applied twice, conditional
 * sets, and a counter.
 */
async function openWriter(writer: number, processes: Processes, history: History) {
  const [first] = processes();
  if (!first) throw new Error('No process is there');
  const processAt = (index: number): SandboxProcess => processes()[index] ?? first;
  const player = `failover ${writer}`;
  // Writers in pairs share a player, so that transfers of one wallet conflict.
  const shared = `failover ${writer - (writer % 2)}`;
  const wallets = new Map<number, Awaited<ReturnType<typeof diceyFunOf>>>();
  const walletOf = async (index: number) => {
    const known = wallets.get(index) ?? (await diceyFunOf(processAt(index)));
    wallets.set(index, known);
    return known;
  };
  await (await walletOf(0)).create(shared);
  const device = crypto.randomUUID();
  let user = await plattrUser(processes, device);
  const key = `count-${writer}`;
  const counter = `${player} ${key}`;
  const tokens: string[] = [];

  async function note(
    index: number,
    kind: Call['kind'],
    of: string,
    work: () => Promise<End>,
    coin?: number,
  ): Promise<End> {
    const call = history.next();
    const from = history.now();
    const end = await bounded(work);
    const to = history.now();
    history.write({
      type: 'call',
      call,
      writer,
      process: index,
      kind,
      key: of,
      ...(coin && { coin }),
      from,
      to,
      ...end,
    });
    return end;
  }

  async function step(turn: number): Promise<void> {
    const index = (writer + turn) % 2;
    const target = processAt(index);
    switch (turn % 7) {
      case 0:
      case 1: {
        const coin = turn % 4 === 1 ? -(1 + (turn % 5)) : 5 + (turn % 7);
        await note(
          index,
          'transfer',
          shared,
          async () => {
            const { code, data } = await (await walletOf(index)).transfer(shared, coin);
            if (code === 402) wallets.delete(index);
            if (code !== 200) return isRefusal(code) ? { result: 'refused' } : unknown;
            return { result: 'ok', record: { id: data.id, before: data.wallet_before, after: data.wallet_after } };
          },
          coin,
        );
        return;
      }
      case 2:
        await note(index, 'balance', shared, async () => {
          const value = await (await walletOf(index)).balance(shared);
          return typeof value === 'number' ? { result: 'ok', value } : unknown;
        });
        return;
      case 3: {
        const daily = dailyPlayOf(target);
        const token = await bounded(async () => {
          tokens.push(await daily.create(`${player} ${turn}`));
          return { result: 'ok' };
        });
        const last = tokens.at(-1);
        if (token.result !== 'ok' || last === undefined) return;
        const consume = (to: number) =>
          note(to, 'consume', last, async () => {
            const status = await dailyPlayOf(processAt(to)).consume(last);
            return status === 200 ? { result: 'ok' } : isRefusal(status) ? { result: 'refused' } : unknown;
          });
        await Promise.all([consume(0), consume(1)]);
        return;
      }
      case 4: {
        let id: number | undefined;
        await bounded(async () => {
          id = await user.give(index, [{ key: 'star', value: '1', command: 'inc' }]);
          return unknown;
        });
        if (id === undefined) return;
        const reward = id;
        const apply = (to: number) =>
          note(to, 'reward', `${player} ${reward}`, async () => {
            const code = await user.apply(to, reward);
            return code === 0 ? { result: 'ok' } : code === 2001 ? { result: 'refused' } : unknown;
          });
        await Promise.all([apply(0), apply(1)]);
        return;
      }
      case 5: {
        const once = `once-${turn}`;
        // Both processes get the call at once, and only one may find the condition met.
        const set = (to: number) =>
          note(to, 'set', `${player} ${once}`, async () => {
            const code = await user.setOnce(to, once);
            return code === 0 ? { result: 'ok' } : code === 2001 ? { result: 'refused' } : unknown;
          });
        await Promise.all([set(0), set(1)]);
        return;
      }
      default: {
        const { result } = await note(index, 'increase', counter, async () =>
          (await user.increase(index, key)) === 0 ? { result: 'ok' } : unknown,
        );
        // Its token may have expired.
        if (result !== 'ok')
          await bounded(async () => {
            user = await plattrUser(processes, device);
            return unknown;
          });
        await note(1 - index, 'value', counter, async () => {
          const value = Number(await user.get(1 - index, key));
          return Number.isNaN(value) ? unknown : { result: 'ok', value };
        });
      }
    }
  }
  return { shared, counter, key, device, tokens, step };
}

/** Starts writers that call until they are stopped. */
export async function startWriters(count: number, processes: Processes, history: History) {
  const writers = await Promise.all(Array.from({ length: count }, (_, i) => openWriter(i, processes, history)));
  let running = true;
  const loops = writers.map(async ({ step }) => {
    for (let turn = 0; running; turn += 1) {
      await step(turn);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  });
  return {
    async stop() {
      running = false;
      await Promise.all(loops);
    },
    /** Reads the final state: the wallets from the database, the rest through a process. */
    async final(databaseUrl: string): Promise<Final> {
      const [first] = processes();
      if (!first) throw new Error('No process is there');
      const tokens: Record<string, boolean> = {};
      const values: Record<string, number> = {};
      for (const { counter, key, device, tokens: made } of writers) {
        const user = await plattrUser(processes, device);
        values[counter] = Number((await user.get(0, key)) ?? 0);
        for (const token of made) tokens[token] = (await dailyPlayOf(first).state(token)) === 'consumed';
      }
      return {
        type: 'final',
        players: await readWallets(databaseUrl, [...new Set(writers.map(({ shared }) => shared))]),
        tokens,
        values,
      };
    },
  };
}

async function readWallets(databaseUrl: string, names: readonly string[]): Promise<Final['players']> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT p.username, p.coin::float8 AS balance, coalesce(json_agg(json_build_object('id', r.id, 'coin', r.coin,
         'before', r.wallet_before, 'after', r.wallet_after)) FILTER (WHERE r.id IS NOT NULL), '[]') AS records
       FROM dicey_fun.dice_player p LEFT JOIN dicey_fun.dice_player_wallet_record r ON r.player_id = p.id
       WHERE p.username = ANY ($1) GROUP BY p.id`,
      [names],
    );
    return Object.fromEntries(rows.map(({ username, balance, records }) => [username, { balance, records }]));
  } finally {
    await client.end();
  }
}
