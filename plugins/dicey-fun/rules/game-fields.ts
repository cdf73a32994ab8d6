import * as z from 'zod';
import type { Game, GameChange, GameFields } from '../store/game-table.ts';

/** PostgreSQL's text type does not accept U+0000. */
const text = z.string().refine((value) => !value.includes('\0') && value.isWellFormed(), 'is not text');
const name = text.min(1).max(200);
const url = z.url({ protocol: /^https?$/ });
const config = z.record(z.string(), z.unknown()).nullable();

const columns = {
  provider: name.default('Dicey Fun'),
  provider_code: name.default('DF'),
  game_code: name,
  game_type: name.default('slot'),
  game_name_zh: name,
  game_name_en: name,
  logo: z.union([url, z.literal('')]).default(''),
  game_url: url,
  hall_url: url,
  status: z.union([z.literal(0), z.literal(1)]).default(1),
  sort: z.int32().default(1),
  merchant_config_json: config.default(null),
  sensitive_config_json: config.default(null),
};
const without = <T extends z.ZodType>(schema: T) => (schema instanceof z.ZodDefault ? schema.unwrap() : schema);

const saved = z.strictObject({ game_key: name, ...columns });
const changed = z
  .strictObject(Object.fromEntries(Object.entries(columns).map(([key, schema]) => [key, without(schema)])))
  .partial();

type Row = Partial<z.output<typeof saved>>;

function toFields(row: Row): Partial<GameFields> {
  const fields = {
    provider: row.provider,
    providerCode: row.provider_code,
    gameCode: row.game_code,
    gameKey: row.game_key,
    gameType: row.game_type,
    nameZh: row.game_name_zh,
    nameEn: row.game_name_en,
    logo: row.logo,
    gameUrl: row.game_url,
    hallUrl: row.hall_url,
    status: row.status,
    sort: row.sort,
    merchantConfig: row.merchant_config_json,
    sensitiveConfig: row.sensitive_config_json,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A new row of the game table, by its column names. @throws {z.ZodError} with every error */
export const parseGame = (value: unknown): GameFields => toFields(saved.parse(value)) as GameFields;

/** Columns to change: all except the key. @throws {z.ZodError} */
export const parseGameChange = (value: unknown): GameChange => toFields(changed.parse(value) as Row);

/** A row by its column names. */
export const showGame = (game: Partial<Game>): Readonly<Record<string, unknown>> => ({
  id: game.id,
  provider: game.provider,
  provider_code: game.providerCode,
  game_code: game.gameCode,
  game_key: game.gameKey,
  game_type: game.gameType,
  game_name_zh: game.nameZh,
  game_name_en: game.nameEn,
  logo: game.logo,
  game_url: game.gameUrl,
  hall_url: game.hallUrl,
  status: game.status,
  sort: game.sort,
  merchant_config_json: game.merchantConfig,
  sensitive_config_json: game.sensitiveConfig,
  create_time: game.createTime,
  update_time: game.updateTime,
});
