import { baseUrlVariable, givenBaseUrl } from './configuration.ts';
import { ConnectionError } from './errors/index.ts';
import { redact } from './redact.ts';
import { errorContext } from './run.ts';
import type { Run } from './types.ts';

/** The cause of a failed `fetch` in Node. Browsers give no reason. */
type Cause = {
  readonly code?: string;
  readonly syscall?: string;
  readonly message?: string;
  readonly socket?: { readonly bytesWritten?: number };
  readonly errors?: readonly Cause[];
};

/**
 * Whether the request failed before its first byte was sent: the name was not found, no connection was opened, or the
 * port is blocked. False if uncertain.
 */
const beforeFirstByte = ({ code, syscall, message, socket, errors }: Cause): boolean =>
  errors?.every(beforeFirstByte) ??
  (/^(connect|getaddrinfo|UND_ERR_CONNECT_TIMEOUT|bad port)$/.test(syscall ?? code ?? message ?? '') ||
    socket?.bytesWritten === 0);

/**
 * Returns the error for a request that could not be sent, or whose response was interrupted. `sent` is true if a
 * response began.
 */
export function connectionError(run: Run, error: unknown, sent: boolean): ConnectionError {
  const cause: Cause = (error as { cause?: Cause } | undefined)?.cause ?? (error as Cause) ?? {};
  const reason = redact(String(cause.code ?? cause.message), run.secrets);
  const { ctx, state, secrets } = run;
  const url = redact(state.url.replace(/[?#].*/s, ''), secrets);
  const { baseUrl } = ctx.api;
  const isDeclared = baseUrl && givenBaseUrl(ctx) === undefined && state.url.startsWith(baseUrl);
  return new ConnectionError(
    {
      reason,
      url,
      sent: sent || !beforeFirstByte(cause),
      hint: isDeclared
        ? `. The base URL comes from the contract and may be a placeholder: set the option baseUrl or ${baseUrlVariable(ctx.api)}`
        : '',
    },
    errorContext(run),
  );
}
