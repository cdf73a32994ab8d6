import type { Api, Operation, Response } from '../../model/types.ts';
import { asCode, asWord } from './as-code.ts';
import { compareContents, tellFindings } from './compare-bodies.ts';
import { compareSchemas } from './compare-schemas.ts';
import { normalizerOf } from './normal-schema.ts';
import { type Both, forRole, type Role, type Tell } from './types.ts';

const isSuccess = (status: string): boolean => /^2/.test(status);

/** Compares statuses, media types, bodies and headers of an operation's responses. */
export function compareResponses(apis: Both<Api>, { before, after }: Both<Operation>, end: Role, tell: Tell): void {
  const old = new Map(before.responses.map((response) => [response.status, response]));
  const now = new Map(after.responses.map((response) => [response.status, response]));
  for (const status of old.keys())
    if (!now.has(status))
      // No type of a caller names failures, but a handler that returns one no longer compiles.
      tell(isSuccess(status) ? 'major' : forRole(end, 'minor', 'major'), `no longer responds with ${asCode(status)}`);
  for (const [status, response] of now) {
    const was = old.get(status);
    // A new success reaches code that expects data. A new failure is an error like any other.
    if (was === undefined) {
      tell(isSuccess(status) ? forRole(end, 'major', 'minor') : 'minor', `may respond with ${asCode(status)}`);
      continue;
    }
    const where = `response ${asWord(status)}`;
    compareContents(apis, was.content, response.content, where, 'in', end, tell, isSuccess(status));
    compareHeaders(apis, { before: was, after: response }, where, end, tell);
  }
}

/** Compares headers of a response, ignoring the case of their names. */
function compareHeaders(
  apis: Both<Api>,
  { before, after }: Both<Response>,
  where: string,
  end: Role,
  tell: Tell,
): void {
  const byName = ({ headers }: Response) => new Map(headers.map((header) => [header.name.toLowerCase(), header]));
  const [old, now] = [byName(before), byName(after)];
  for (const [name, was] of old)
    if (!now.has(name))
      tell(
        was.required ? forRole(end, 'major', 'minor') : 'minor',
        `${where} no longer has the header ${asCode(name)}`,
      );
  for (const [name, header] of now) {
    const was = old.get(name);
    if (was === undefined) {
      tell(header.required ? forRole(end, 'minor', 'major') : 'minor', `${where} has the header ${asCode(name)}`);
      continue;
    }
    if (was.required && !header.required)
      tell(forRole(end, 'major', 'minor'), `${where} may omit the header ${asCode(name)}`);
    if (!was.required && header.required)
      tell(forRole(end, 'minor', 'major'), `${where} always has the header ${asCode(name)}`);
    // The items of a list have no property names.
    const { types } = normalizerOf(apis.after)([header.schema]);
    const isObject = types === undefined || types.has('object');
    if (was.json !== header.json || (was.explode !== header.explode && isObject && !header.json))
      tell('major', `${where} serializes the header ${asCode(name)} differently`);
    const found = compareSchemas(was.schema, header.schema, apis, 'in');
    tellFindings(found, `${where} header ${asCode(name)}`, 'in', end, tell);
  }
}
