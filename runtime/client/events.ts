import { redact } from './redact.ts';
import type { Run } from './types.ts';

/** Writes a debug event with masked secrets. Its text is created only if a logger is set. */
export function debug(
  { ctx, operation, state, secrets }: Run,
  event: string,
  fields: () => Record<string, unknown>,
): void {
  if (!ctx.debug || !ctx.logger.debug) return;
  const all = { provider: ctx.api.provider, operation: operation.id, attempt: state.attempt, ...fields() };
  // Each text is masked by itself: masking the whole could make the JSON invalid.
  const masked = (_: string, value: unknown) => (typeof value === 'string' ? redact(value, secrets) : value);
  ctx.logger.debug(`countersign.${event}`, JSON.parse(JSON.stringify(all), masked));
}
