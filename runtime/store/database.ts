import { type SQL, sql } from 'drizzle-orm';
import { customType, type PgDatabase, type PgQueryResultHKT } from 'drizzle-orm/pg-core';

/**
 * The result of both drivers for raw SQL: rows. They report the number of affected rows differently, so use RETURNING.
 */
interface RowsResult extends PgQueryResultHKT {
  readonly type: Rows<this['row']>;
}

type Rows<Row> = { readonly rows: Row[] };

/**
 * A Drizzle database or transaction of either driver. Inside a transaction, use only the transaction: PGlite has one
 * connection, so a query outside of the transaction would wait forever.
 */
export type Database = PgDatabase<RowsResult, Record<string, never>>;

/**
 * Creates a column for any JSON value, which is stored unchanged. The column's type is `text`: `jsonb` rejects U+0000
 * and lone surrogates, both of which JSON may contain, and the database's parser has a depth limit that the contract
 * does not have.
 */
export const jsonText = <T>(name: string) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (text) => JSON.parse(text) as T,
  })(name);

/** Selects a column as text, for values that the two drivers would parse differently in raw SQL. */
export const asText = (expression: SQL): SQL<string> => sql<string>`(${expression})::text`;
