import { toPointer, valueAt } from '../contract/index.ts';
import { after } from './after.ts';
import type { OperationHandle } from './call.ts';
import { misconfigured } from './configuration.ts';
import { within } from './deadline.ts';
import { declaredHeaders, validatorOf } from './declared-for.ts';
import { ValidationError } from './errors/index.ts';
import { redact } from './redact.ts';
import { errorContext } from './run.ts';
import type { Run } from './types.ts';

/**
 * The functions that validate input and responses, and the operation's validators.
 * @throws {ConfigurationError} if they cannot be loaded; nothing was sent, and the next call tries again
 */
export async function loadValidation(run: Run, { validators }: OperationHandle): Promise<void> {
  const { ctx, options } = run;
  const { input, responses } = options.validation ?? {};
  const load = typeof validators === 'function' && validators;
  if (
    (ctx.checks && !load) ||
    (input === 'off' && responses === 'off' && !ctx.features.some(({ converts }) => converts))
  )
    return;
  await within(run, Infinity, async () => {
    try {
      const [{ createChecks }, found] = await Promise.all([import('./validate.ts'), load ? load() : run.validators]);
      const { logger } = ctx;
      ctx.checks ??= createChecks({
        ValidationError,
        errorContext,
        redact,
        toPointer,
        valueAt,
        after,
        validatorOf,
        declaredHeaders,
        logger,
      });
      run.validators = found;
    } catch (error) {
      throw misconfigured(ctx.api, `the validators cannot be loaded: ${error}`);
    }
  });
}
