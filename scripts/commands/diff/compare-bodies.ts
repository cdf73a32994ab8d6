import { kindOf } from '@countersign/runtime/contract';
import type { Api, Content, Operation, Parameter } from '../../model/types.ts';
import { asCode } from './as-code.ts';
import { compareDefaults } from './compare-objects.ts';
import { compareParts, partsWord } from './compare-parts.ts';
import { compareSchemas } from './compare-schemas.ts';
import type { Direction, Effect, Finding } from './findings.ts';
import { normalizerOf } from './normal-schema.ts';
import { type Both, forRole, type Role, type Tell } from './types.ts';
import { travelsAlike, writesAlike } from './written.ts';

/** How a finding changes the version, by the direction of the value. */
export function tellFindings(
  findings: readonly Finding[],
  where: string,
  goes: Direction,
  end: Role,
  tell: Tell,
): void {
  // Callers send requests and receive responses. For receivers it is the reverse.
  const narrower = goes === 'out' ? forRole(end, 'major', 'minor') : forRole(end, 'minor', 'major');
  const wider = goes === 'out' ? forRole(end, 'minor', 'major') : forRole(end, 'major', 'minor');
  const bumps = {
    narrows: narrower,
    widens: wider,
    adds: 'minor',
    removes: 'major',
    loses: 'major',
    // The reader receives a different value for the same message.
    fills: goes === 'out' ? forRole(end, 'minor', 'major') : forRole(end, 'major', 'minor'),
    unclear: 'major',
    words: 'patch',
  } as const;
  for (const { effect, text } of findings) tell(bumps[effect], `${where}: ${text}`);
}

const keyOf = ({ descriptor }: Parameter): string =>
  `${descriptor.in} ${asCode(descriptor.in === 'header' ? descriptor.name.toLowerCase() : descriptor.name)}`;

/** Compares the parameters of an operation. */
export function compareParameters(apis: Both<Api>, { before, after }: Both<Operation>, end: Role, tell: Tell): void {
  const earlier = new Map(before.parameters.map((parameter) => [keyOf(parameter), parameter]));
  const later = new Map(after.parameters.map((parameter) => [keyOf(parameter), parameter]));
  for (const key of earlier.keys()) if (!later.has(key)) tell('major', `no longer accepts ${key}`);
  for (const [key, parameter] of later) {
    const was = earlier.get(key);
    const { required } = parameter.descriptor;
    if (was === undefined) {
      tell(required ? forRole(end, 'major', 'minor') : 'minor', required ? `requires ${key}` : `accepts ${key}`);
      continue;
    }
    if (required && !was.descriptor.required) tell(forRole(end, 'major', 'minor'), `now requires ${key}`);
    if (!required && was.descriptor.required) tell(forRole(end, 'minor', 'major'), `no longer requires ${key}`);
    const normalize = normalizerOf(apis.after);
    if (!writesAlike(normalize([parameter.schema]), normalize, was.descriptor, parameter.descriptor))
      tell('major', `serializes ${key} differently`);
    if (was.descriptor.name !== parameter.descriptor.name)
      tell('major', `the header ${asCode(was.descriptor.name)} is now spelled ${asCode(parameter.descriptor.name)}`);
    if (!was.deprecated && parameter.deprecated) tell('minor', `${key} is deprecated`);
    if (was.description !== parameter.description) tell('patch', `${key} has a new description`);
    const defaults = compareDefaults(apis, [was.schema], [parameter.schema], required && was.descriptor.required, '');
    tellFindings(defaults, key, 'out', end, tell);
    tellFindings(compareSchemas(was.schema, parameter.schema, apis, 'out'), key, 'out', end, tell);
  }
}

/** A schema with only these differences accepts every value that the earlier one accepts. */
const WIDER: readonly Effect[] = ['words', 'widens', 'adds'];

/** Compares bodies by media type. */
export function compareContents(
  apis: Both<Api>,
  before: readonly Content[],
  after: readonly Content[],
  where: string,
  goes: Direction,
  end: Role,
  tell: Tell,
  read = true,
): void {
  const types = (contents: readonly Content[]): readonly string[] => contents.map(({ mediaType }) => mediaType);
  const lost = types(before).filter((type) => !types(after).includes(type));
  const won = types(after).filter((type) => !types(before).includes(type));
  // The types of errors do not depend on the media type, if it is parsed in the same way.
  const isJson = (type: string): boolean => kindOf(type) === 'json';
  const renamed = !read && lost.length === 1 && won.length === 1 && [...lost, ...won].every(isJson);
  for (const type of lost) tell(renamed ? 'minor' : 'major', `${where} is no longer ${asCode(type)}`);
  // A reader of the body gets a union of types. For callers, the body of a failure is an error in any media type. If
  // there was no body, a receiver must now send one.
  const more =
    goes === 'out'
      ? forRole(end, 'minor', 'major')
      : forRole(end, read ? 'major' : 'minor', before.length === 0 ? 'major' : 'minor');
  // Programs do not depend on how data of the same type is serialized.
  const isPlain = (type: string): boolean => ['json', 'text'].includes(kindOf(type));
  const reversed = { before: apis.after, after: apis.before };
  const isKnown = (type: string): boolean => {
    const given = after.find(({ mediaType }) => mediaType === type);
    return before.some(
      (was) =>
        given !== undefined &&
        [was.mediaType, type].every(isPlain) &&
        compareSchemas(given.schema, was.schema, reversed, goes).every(({ effect }) => WIDER.includes(effect)),
    );
  };
  for (const type of won) tell(isKnown(type) ? 'minor' : more, `${where} may be ${asCode(type)}`);
  for (const content of after) {
    const was = before.find(({ mediaType }) => mediaType === content.mediaType || (renamed && mediaType === lost[0]));
    if (was === undefined) continue;
    if (was.events !== content.events)
      tell(
        'major',
        `${where}: events of ${asCode(content.mediaType)} have ${eventWords(content)}, before ${eventWords(was)}`,
      );
    const flaws = compareParts(was, content);
    for (const text of flaws) tell('major', `${where}: ${text}`);
    if (partsWord(was) !== partsWord(content)) continue;
    tellFindings(compareSchemas(was.schema, content.schema, apis, goes), where, goes, end, tell);
  }
}

const eventWords = ({ events }: Content): string =>
  events === undefined
    ? 'no schema'
    : { text: 'data of text', json: 'data of JSON', mixed: 'data of JSON or text' }[events];

/**
 * Compares the serialization of multipart parts and form fields. Parts that only one side has are compared elsewhere.
 */
function compareEncodings(apis: Both<Api>, { before, after }: Both<Operation>, tell: Tell): void {
  const [old, now] = [before, after].map(({ descriptor }) => descriptor.body?.encodings ?? {});
  for (const mediaType of Object.keys({ ...old, ...now })) {
    const [was, is] = [before, after].map(({ body }) => body?.content.find((one) => one.mediaType === mediaType));
    if (was === undefined || is === undefined) continue;
    const { properties } = normalizerOf(apis.before)([was.schema]);
    const later = normalizerOf(apis.after)([is.schema]).properties;
    for (const name of new Set([...Object.keys(old?.[mediaType] ?? {}), ...Object.keys(now?.[mediaType] ?? {})])) {
      const schema = later.get(name);
      if (schema === undefined || !properties.has(name)) continue;
      const normalize = normalizerOf(apis.after);
      if (!travelsAlike(normalize(schema), normalize, mediaType, old?.[mediaType]?.[name], now?.[mediaType]?.[name]))
        tell('major', `the part ${asCode(name)} of ${asCode(mediaType)} is serialized differently`);
    }
  }
}

/** Compares the request bodies of an operation. */
export function compareRequestBody(apis: Both<Api>, { before, after }: Both<Operation>, end: Role, tell: Tell): void {
  const [old, now] = [before.body, after.body];
  if (old === undefined) {
    if (now?.required) tell(forRole(end, 'major', 'minor'), 'requires a body');
    else if (now !== undefined) tell('minor', 'accepts a body');
    return;
  }
  if (now === undefined) {
    tell('major', 'no longer accepts a body');
    return;
  }
  if (now.required && !old.required) tell(forRole(end, 'major', 'minor'), 'now requires its body');
  if (!now.required && old.required) tell(forRole(end, 'minor', 'major'), 'no longer requires its body');
  compareContents(apis, old.content, now.content, 'request', 'out', end, tell);
  compareEncodings(apis, { before, after }, tell);
}
