import type { Api, Content, Operation, Parameter } from '../../model/types.ts';
import { asCode, asWord } from './as-code.ts';
import { compareSchemas, type Finding } from './compare-schemas.ts';
import { type Both, forRole, type Role, sameJson, type Tell } from './types.ts';

/** How a finding moves the version, by where the value goes. */
function tellFindings(findings: readonly Finding[], where: string, goes: 'out' | 'in', end: Role, tell: Tell): void {
  // Callers promise requests and are promised answers; for receivers it is the other way round.
  const narrower = goes === 'out' ? forRole(end, 'major', 'minor') : forRole(end, 'minor', 'major');
  const wider = goes === 'out' ? forRole(end, 'minor', 'major') : forRole(end, 'major', 'minor');
  const bumps = {
    narrows: narrower,
    widens: wider,
    adds: 'minor',
    removes: 'major',
    unclear: 'major',
    words: 'patch',
  } as const;
  for (const { effect, text } of findings) tell(bumps[effect], `${where}: ${text}`);
}

const keyOf = ({ descriptor }: Parameter): string =>
  `${descriptor.in} ${asCode(descriptor.in === 'header' ? descriptor.name.toLowerCase() : descriptor.name)}`;

export function compareParameters(apis: Both<Api>, { before, after }: Both<Operation>, end: Role, tell: Tell): void {
  const old = new Map(before.parameters.map((parameter) => [keyOf(parameter), parameter]));
  const now = new Map(after.parameters.map((parameter) => [keyOf(parameter), parameter]));
  for (const key of old.keys()) if (!now.has(key)) tell('major', `no longer takes ${key}`);
  for (const [key, parameter] of now) {
    const was = old.get(key);
    const { required } = parameter.descriptor;
    if (was === undefined) {
      tell(required ? forRole(end, 'major', 'minor') : 'minor', required ? `needs ${key}` : `takes ${key}`);
      continue;
    }
    if (required && !was.descriptor.required) tell(forRole(end, 'major', 'minor'), `now needs ${key}`);
    if (!required && was.descriptor.required) tell(forRole(end, 'minor', 'major'), `no longer needs ${key}`);
    const written = ({ descriptor: { style, explode, content, allowReserved } }: Parameter) => [
      style,
      explode,
      content,
      allowReserved ?? false,
    ];
    if (!sameJson(written(was), written(parameter))) tell('major', `writes ${key} in another way`);
    tellFindings(compareSchemas(was.schema, parameter.schema, documents(apis)), key, 'out', end, tell);
  }
}

const documents = ({ before, after }: Both<Api>) => ({ before: before.document, after: after.document });

function compareContents(
  apis: Both<Api>,
  before: readonly Content[],
  after: readonly Content[],
  where: string,
  goes: 'out' | 'in',
  end: Role,
  tell: Tell,
): void {
  const types = (contents: readonly Content[]): readonly string[] => contents.map(({ mediaType }) => mediaType);
  const lost = types(before).filter((type) => !types(after).includes(type));
  const won = types(after).filter((type) => !types(before).includes(type));
  for (const type of lost) tell('major', `${where} is no longer ${asCode(type)}`);
  for (const type of won)
    tell(before.length === 0 ? forRole(end, 'minor', 'major') : 'minor', `${where} may be ${asCode(type)}`);
  for (const content of after) {
    const was = before.find(({ mediaType }) => mediaType === content.mediaType);
    if (was !== undefined)
      tellFindings(compareSchemas(was.schema, content.schema, documents(apis)), where, goes, end, tell);
  }
}

export function compareRequestBody(apis: Both<Api>, { before, after }: Both<Operation>, end: Role, tell: Tell): void {
  const [old, now] = [before.body, after.body];
  if (old === undefined) {
    if (now?.required) tell(forRole(end, 'major', 'minor'), 'needs a body');
    else if (now !== undefined) tell('minor', 'takes a body');
    return;
  }
  if (now === undefined) {
    tell('major', 'no longer takes a body');
    return;
  }
  if (now.required && !old.required) tell(forRole(end, 'major', 'minor'), 'now needs its body');
  if (!now.required && old.required) tell(forRole(end, 'minor', 'major'), 'no longer needs its body');
  compareContents(apis, old.content, now.content, 'request', 'out', end, tell);
}

export function compareAnswers(apis: Both<Api>, { before, after }: Both<Operation>, end: Role, tell: Tell): void {
  const old = new Map(before.responses.map((response) => [response.status, response]));
  const now = new Map(after.responses.map((response) => [response.status, response]));
  for (const status of old.keys()) if (!now.has(status)) tell('major', `no longer answers ${asCode(status)}`);
  for (const [status, response] of now) {
    const was = old.get(status);
    // A success of a new kind reaches code that awaits data; a failure is an error like others.
    if (was === undefined)
      tell(/^2/.test(status) ? forRole(end, 'major', 'minor') : 'minor', `may answer ${asCode(status)}`);
    else compareContents(apis, was.content, response.content, `answer ${asWord(status)}`, 'in', end, tell);
  }
}
