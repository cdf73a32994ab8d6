import { authorize } from './authorize.ts';
import { buildRequest } from './build-request.ts';
import type { Context } from './context.ts';
import { ConfigurationError } from './errors/index.ts';
import type { CallOptions } from './options.ts';
import { createRun } from './perform.ts';
import { redact } from './redact.ts';
import type { CallInput } from './run.ts';

/** What an integrator compares with the provider's own sum. Secrets and tokens are masked; the signature is shown. */
export type Explanation = {
  readonly method: string;
  /** As it would be sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** One per signature scheme. */
  readonly signatures: readonly {
    readonly scheme: string;
    readonly credentials: Readonly<Record<string, string>>;
    readonly timestamp: string;
    readonly nonce: string;
    /** What was signed. */
    readonly message: string;
    readonly signature: string;
  }[];
  /** The same as lines to print. */
  toString(): string;
};

export async function explain(
  ctx: Context,
  id: string,
  input: CallInput = {},
  options: CallOptions = {},
): Promise<Explanation> {
  const handle = ctx.handles[id];
  if (!handle) throw new ConfigurationError(`${ctx.api.title} has no operation ${id}.`);
  const run = createRun(ctx, handle, input, options);
  run.dry = true;
  let explanation: Explanation | undefined;
  await buildRequest(run, handle.operation.body?.content[0], async (draft) => {
    Object.assign(run.state, { url: draft.url, headers: draft.headers, body: draft.body });
    const request = await authorize(run);
    for (const { signature } of request.signatures) run.secrets.delete(signature);
    const mask = (text: string) => redact(text, run.secrets);
    const maskAll = (texts: Iterable<readonly [string, string]>) =>
      Object.fromEntries([...texts].map(([name, text]) => [name, mask(text)]));
    const parts = {
      method: draft.method,
      url: mask(request.url),
      headers: maskAll(request.headers),
      body: typeof request.body === 'string' ? mask(request.body) : `${request.body?.byteLength ?? 0} bytes`,
      signatures: request.signatures.map(
        ({ scheme, input: { credentials, timestamp, nonce }, message, signature }) => ({
          scheme,
          credentials: maskAll(Object.entries(credentials)),
          timestamp,
          nonce,
          message: mask(message),
          signature,
        }),
      ),
    };
    explanation = { ...parts, toString: () => print(parts) };
    return {};
  });
  return explanation as unknown as Explanation;
}

function print({ method, url, signatures }: Omit<Explanation, 'toString'>): string {
  const lines = signatures.flatMap(({ credentials, timestamp, nonce, message, signature }) => [
    ...Object.entries(credentials),
    ['time', timestamp],
    ['nonce', nonce],
    ['signed', message],
    ['signature', signature],
  ]);
  return [...lines, ['request', `${method} ${url}`]]
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name} = ${text}`)
    .join('\n');
}
