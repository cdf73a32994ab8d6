import type { CredentialDescriptor } from '../contract/index.ts';
import { toBase64, toBytes } from '../signing/index.ts';
import { after } from './after.ts';
import { credentialsOf, findCredential, misconfigured, missingCredentials } from './configuration.ts';
import { within } from './deadline.ts';
import { logIn, loginSecurity, tokenAtHand } from './log-in.ts';
import { place } from './place.ts';
import type { Run, SignedRequest } from './types.ts';

/** The first alternative whose credentials are all there; none where the operation may go without. */
function chooseSecurity({ ctx, operation, loginOf }: Run): readonly string[] {
  const lacks = (name: string) =>
    credentialsOf(ctx.api.securitySchemes[name]).filter((c) => !c.optional && !findCredential(ctx, c));
  let best: readonly string[] | undefined;
  for (const names of operation.security) {
    if (names.length === 0) best = names;
    else if (loginOf && names.includes(loginOf)) continue;
    else if (names.every((name) => lacks(name).length === 0)) return names;
    else best ??= names;
  }
  if (best?.length) {
    const needed = [...best, ...best.flatMap((name) => loginSecurity(ctx, name))];
    throw missingCredentials(ctx.api, [...new Set(needed.flatMap(lacks))]);
  }
  return best ?? [];
}

/** Without a promise where the value is at hand: each turn of the queue is time of a call. */
export function credentialValue(run: Run, descriptor: CredentialDescriptor): string | Promise<string> {
  const given = findCredential(run.ctx, descriptor);
  const value = typeof given === 'function' ? within(run, Infinity, async () => given()) : given;
  return after(value, (known) => {
    if (!known) throw missingCredentials(run.ctx.api, [descriptor]);
    if (descriptor.secret) run.secrets.add(known);
    return known;
  });
}

/** Adds credentials and tokens, then signs: last of all, anew for each attempt, over exactly what is sent. */
export async function authorize(run: Run): Promise<SignedRequest> {
  const { url, headers, body } = run.state;
  // Hooks keep theirs without credentials.
  const own = run.ctx.options.hooks ? new Headers(headers) : headers;
  const request: SignedRequest = { url, headers: own, body, signatures: [] };
  const schemes = chooseSecurity(run).flatMap((name) => run.ctx.api.securitySchemes[name] ?? []);
  for (const scheme of schemes) {
    if (scheme.kind === 'session') {
      const token = tokenAtHand(run, scheme.name) ?? (await logIn(run, scheme.name));
      run.tokens.set(scheme.name, token);
      run.secrets.add(token);
      place(run, request, scheme.carriers[0], token);
      continue;
    }
    // A signature comes last, and a certificate is the connection's.
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
    const feature = run.ctx.features.find(({ sign }) => sign);
    if (!feature?.sign) throw misconfigured(run.ctx.api, `missing the feature signing, for ${scheme.name}`);
    await feature.sign(run, request, scheme);
  }
  return request;
}
