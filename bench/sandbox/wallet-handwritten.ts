/**
 * A typical hand-written setPlayerWallet, with Hono and `pg`: compares key and token with those of the one caller,
 * validates the input, runs the same SQL as one prepared statement, and returns the same response. Started by
 * `wallet.ts`.
 */
import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import pg from 'pg';
import { listen } from '../../runtime/server/node.ts';

const [databaseUrl = '', apiKey = '', authToken = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });

const isSame = (presented: string | undefined, expected: string): boolean => {
  const given = Buffer.from(presented ?? '');
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

const SQL = `
  WITH moved AS (
    UPDATE dicey_fun.dice_player SET coin = coin + $1::bigint, update_time = $2::bigint
    WHERE username_key = $3 AND coin + $1::bigint BETWEEN 0 AND 9007199254740991
    RETURNING id, coin
  )
  INSERT INTO dicey_fun.dice_player_wallet_record
    (player_id, admin_id, coin, type, wallet_before, wallet_after, create_time, update_time)
  SELECT id, $4::bigint, $1::bigint, CASE WHEN $1::bigint > 0 THEN 0 ELSE 1 END, coin - $1::bigint, coin, $2::bigint, $2::bigint
  FROM moved RETURNING *`;

const app = new Hono();
app.post('/api/v1/setPlayerWallet', async (context) => {
  if (!isSame(context.req.header('api-key'), apiKey)) {
    return context.json({ code: 401, message: 'api-key is invalid', data: null });
  }
  if (!isSame(context.req.header('auth-token'), authToken)) {
    return context.json({ code: 402, message: 'auth-token is invalid', data: null });
  }
  const { username, coin } = (await context.req.json()) as { username: unknown; coin: unknown };
  if (typeof username !== 'string' || !Number.isSafeInteger(coin) || coin === 0) {
    return context.json({ code: 400, message: 'wrong input', data: null });
  }
  const now = Math.floor(Date.now() / 1000);
  const { rows } = await pool.query({ name: 'transfer', text: SQL, values: [coin, now, username, 1] });
  const [row] = rows;
  if (row === undefined) return context.json({ code: 422, message: 'Insufficient balance', data: null });
  const data = {
    id: Number(row.id),
    player_id: Number(row.player_id),
    admin_id: Number(row.admin_id),
    coin: Number(row.coin),
    type: row.type,
    wallet_before: Number(row.wallet_before),
    wallet_after: Number(row.wallet_after),
    remark: row.remark,
    create_time: Number(row.create_time),
    update_time: Number(row.update_time),
  };
  return context.json({ code: 200, message: 'success', data });
});

const { url } = await listen(app);
process.send?.(url);
