import type { ServerDescriptor } from '@countersign/runtime/contract';
import { asCode } from './as-code.ts';
import { sameJson, type Tell } from './types.ts';

/** The first server of a list, without the names of the others. */
export const withoutNames = (server: ServerDescriptor | undefined): object | undefined => {
  const { named: _, ...first } = server ?? { url: '' };
  return server && first;
};

/** Names for the option `server`, and their URLs. */
export function compareServerNames(
  before: ServerDescriptor | undefined,
  after: ServerDescriptor | undefined,
  tell: Tell,
): void {
  const [old, now] = [before?.named ?? {}, after?.named ?? {}];
  for (const [name, server] of Object.entries(old)) {
    const next = Object.hasOwn(now, name) ? now[name] : undefined;
    if (!next) tell('major', `the server ${asCode(name)} was removed`);
    else if (!sameJson(server, next))
      tell('major', `the server ${asCode(name)} is ${asCode(next.url)}, before ${asCode(server.url)}`);
  }
  for (const name of Object.keys(now))
    if (!Object.hasOwn(old, name)) tell('minor', `the server ${asCode(name)} is new`);
}
