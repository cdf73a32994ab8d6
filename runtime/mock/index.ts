/**
 * The mock serves every provider of a workspace on one port, using only its document. Console and fire are separate
 * entries.
 */
export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
export type { LogEntry } from './log.ts';
export { noShelf, type Shelf } from './memory/collections.ts';
export { SCENARIOS, type Scenario } from './scenario.ts';
export type { Sessions } from './sessions.ts';
export type { LoadProvider } from './slot.ts';
export type { OpenStateful, Stateful } from './stateful.ts';
export type { DeclaredResponse, ExampleInput, MockOperation, MockProvider } from './types.ts';
export { createValidators } from './validators.ts';
