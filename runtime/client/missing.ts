import type { CredentialDescriptor } from '../contract/index.ts';
import type { Run, Sessions } from './types.ts';

// A call without credentials loads this file. Functions of the client are arguments: otherwise a bundler would move the
// shared module out of the client's first chunk.

/**
 * Returns the error that names all missing credentials, including those for the login of a session, and both ways to
 * set them.
 */
export async function missingCredentials(
  run: Run,
  schemes: readonly string[],
  lacks: (scheme: string) => readonly CredentialDescriptor[],
  loadSessions: (run: Run) => Promise<Sessions>,
): Promise<string> {
  const { api } = run.ctx;
  const sessions = schemes.filter((name) => api.securitySchemes[name]?.kind === 'session');
  const logins = sessions.length ? sessions.flatMap((await loadSessions(run)).security) : [];
  const missing = [...new Set([...schemes, ...logins].flatMap(lacks))];
  const list = (of: (descriptor: CredentialDescriptor) => string): string => missing.map(of).join(', ');
  const option = list(({ name }) => `${name}: '…'`);
  const [issued] = schemes.flatMap((name) => {
    const scheme = api.securitySchemes[name];
    return scheme?.kind === 'bearer' && scheme.oauth ? [scheme] : [];
  });
  const oauth = issued
    ? `. To get tokens from the authorization server, give the option oauth: { ${issued.name}: { clientId: '…', clientSecret: '…' } }, ` +
      `or set ${issued.credential.env}_CLIENT_ID and ${issued.credential.env}_CLIENT_SECRET`
    : '';
  return `missing credentials ${list(({ name }) => name)}: set the option credentials: { ${option} } or the environment variables ${list(({ env }) => env)}${oauth}`;
}
