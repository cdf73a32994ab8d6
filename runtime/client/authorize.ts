import type { CredentialDescriptor } from '../contract/index.ts';
import { toBase64, toBytes } from '../signing/index.ts';
import { after } from './after.ts';
import { credentialsOf, findCredential, misconfigured } from './configuration.ts';
import { within } from './deadline.ts';
import { loadSessions } from './load-sessions.ts';
import { place } from './place.ts';
import type { Run, SignedRequest } from './types.ts';

type Names = readonly string[];

async function refuse(run: Run, names: Names, lacks: (name: string) => CredentialDescriptor[]): Promise<never> {
  const { missingCredentials } = await import('./missing.ts');
  throw misconfigured(run.ctx.api, await missingCredentials(run, names, lacks, loadSessions));
}

/** The first alternative with all its credentials; none if the operation allows calls without credentials. */
function chooseSecurity(run: Run): Names | Promise<never> {
  const { ctx, operation, loginOf } = run;
  if (ctx.options.credentials === false) return [];
  const lacks = (name: string) =>
    credentialsOf(ctx.api.securitySchemes[name]).filter(
      (c) => !c.optional && !findCredential(ctx, c) && !ctx.with.oauth?.has(ctx, name),
    );
  let best: Names | undefined;
  for (const names of operation.security) {
    if (names.length === 0) best = names;
    else if (loginOf && names.includes(loginOf)) continue;
    else if (names.every((name) => lacks(name).length === 0)) return names;
    else best ??= names;
  }
  return best?.length ? refuse(run, best, lacks) : (best ?? []);
}

/** Returns a value without a promise if it is available at once: each turn of the microtask queue costs time. */
export function credentialValue(run: Run, descriptor: CredentialDescriptor): string | Promise<string> {
  const given = findCredential(run.ctx, descriptor);
  const value = typeof given === 'function' ? within(run, Infinity, async () => given()) : given;
  return after(value, (known) => {
    if (!known) return refuse(run, [''], () => [descriptor]);
    if (descriptor.secret) run.secrets.add(known);
    return known;
  });
}

/** Adds credentials and tokens, then signs the final request. Each attempt is signed again. */
export async function authorize(run: Run): Promise<SignedRequest> {
  const { url, headers, body } = run.state;
  // The headers that hooks see stay without credentials, so credentials are added to a copy.
  const own = run.ctx.options.hooks ? new Headers(headers) : headers;
  const request: SignedRequest = { url, headers: own, body, signatures: [] };
  const chosen = chooseSecurity(run);
  const names = chosen instanceof Promise ? await chosen : chosen;
  const schemes = names.flatMap((name) => run.ctx.api.securitySchemes[name] ?? []);
  for (const scheme of schemes) {
    if (scheme.kind === 'session' || run.ctx.with.oauth?.has(run.ctx, scheme.name)) {
      const sessions = run.ctx.sessions ?? (await loadSessions(run));
      const adding = sessions.add(run, request, scheme, names);
      if (adding) await adding;
      continue;
    }
    // The signature is added last, and a certificate belongs to the connection. Neither has a credential to add here.
    if (!('credential' in scheme)) continue;
    const given = credentialValue(run, scheme.credential);
    let value = typeof given === 'string' ? given : await given;
    if (scheme.kind === 'basic') {
      value = toBase64(toBytes(value));
      run.secrets.add(value);
    }
    place(run, request, scheme.credential.carriers[0], value);
  }
  for (const scheme of schemes) {
    if (scheme.kind !== 'signature') continue;
    const { sign } = run.ctx.with;
    if (!sign)
      throw misconfigured(run.ctx.api, `this client cannot sign for ${scheme.name}: add the \`signing\` feature`);
    await sign(run, request, scheme);
  }
  return request;
}
