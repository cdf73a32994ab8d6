/** The store of servers: Drizzle with PGlite or PostgreSQL. It needs Node. */
export { asText, type Database, jsonText } from './database.ts';
export { DatabaseUrlError } from './database-url.ts';
export { createDeliveryStore, type DeliveryOptions } from './delivery-store.ts';
export { errorCode } from './error-code.ts';
export { createKeeper, type Keeper } from './keeper.ts';
export { StoreFolderError, StoreLockedError } from './lock-folder.ts';
export { dropMigrated, type MigrationSet, migrate } from './migrate.ts';
export { openStore, type Store, type StoreOptions } from './open-store.ts';
export { createRateLimits, type RateLimit, type RateLimits } from './rate-limits.ts';
export { createReplayStore } from './replay-store.ts';
export { createSweeper, type Sweep, type Sweeper } from './sweeper.ts';
export { createTokenStore, type TokenStoreOptions } from './token-store.ts';
export { transact } from './transact.ts';
