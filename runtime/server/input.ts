import {
  type BodyKind,
  type Faults,
  kindIn,
  matchMediaType,
  type OperationDescriptor,
  type OperationValidators,
  own,
  type ParameterDescriptor,
  type ParameterShape,
  setOwn,
  type Validator,
} from '../contract/index.ts';
import { after, isPending } from './after.ts';
import type { Call } from './call.ts';
import { checkExact } from './exact-json.ts';
import { compileParameter, compileSingle, type Issue, type ParameterReader } from './parameters.ts';
import { MalformedBody } from './parse-body.ts';
import { readEventRows } from './read-events.ts';
import { readPartRows } from './read-part-rows.ts';
import { readRows } from './read-rows.ts';
import { invalidRequest, Refusal } from './refusal.ts';
import type { ReservedNames } from './reserved-names.ts';
import type { ValidationMode } from './types.ts';
import { type Checked, check, type Flaw, place } from './validate.ts';
import { compileWholeQuery } from './whole-query.ts';

type Input = Record<string, unknown>;
type Part = {
  readonly name: 'path' | 'query' | 'headers' | 'cookies';
  /** The readers of the part. Without a name, the value is the whole part. */
  readonly readers: readonly {
    readonly name: string | undefined;
    readonly read: ParameterReader;
  }[];
  /** Alternative readers of some parameters, used if the first result is invalid. */
  readonly singles: readonly { readonly name: string; readonly single: ParameterReader }[];
  readonly validator: Validator | undefined;
  readonly convert: Convert;
};

/** Converts 64-bit integers to the type that the package uses. */
type Convert = (value: unknown, text?: string) => unknown;

const same: Convert = (value) => value;

function converterOf({ int64 }: OperationValidators = { responses: {} }, validator: Validator | undefined): Convert {
  return int64 && validator ? (value, text) => int64.read(value, validator, text) : same;
}

/** The parts of an operation and of the contract that define how input is read and validated. */
export type InputOptions = {
  readonly operation: OperationDescriptor;
  /** Names that open exploded objects do not contain. */
  readonly reserved: ReservedNames;
  readonly validators: OperationValidators | undefined;
  readonly mode: ValidationMode;
  readonly faults: Pick<Faults, 'invalid' | 'unsupportedMediaType' | 'tooLarge'>;
};

const PARTS = {
  path: 'path',
  query: 'query',
  // The whole query is the value.
  querystring: 'query',
  header: 'headers',
  cookie: 'cookies',
} as const;

/** Flaws of all parts. The first flaw creates the list. `malformed`: no value could be read. */
type Findings = { flaws: Flaw[] | undefined; malformed: boolean };

/**
 * Compiles the function that returns the input of a handler: typed and validated parameters and body, or the reasons
 * why they are invalid.
 */
export function compileInput(options: InputOptions): (call: Call) => Input | Refusal | Promise<Input | Refusal> {
  const { operation, reserved, validators, mode, faults } = options;
  const used = mode === 'off' ? undefined : validators;
  const parts = compileParts(operation.parameters, reserved, used, validators);
  const readContent = operation.body && compileBody(operation.body, options);
  if (parts.length === 0 && !readContent) return () => ({});

  const judge = (call: Call, input: Input, { flaws, malformed }: Findings): Input | Refusal => {
    if (!flaws) return input;
    if (mode === 'throw' || malformed) return invalidRequest(faults.invalid, flaws);
    call.logger.warn?.({ flaws }, 'the request does not match the contract');
    return input;
  };

  return (call) => {
    const input: Input = {};
    const findings: Findings = { flaws: undefined, malformed: false };
    let pending: PromiseLike<unknown>[] | undefined;
    for (const part of parts) {
      const value = readPart(call, part, findings);
      if (isPending(value)) pending = [...(pending ?? []), putLater(input, part.name, value)];
      else input[part.name] = value;
    }
    if (readContent) {
      const content = readContent(call, findings);
      if (content instanceof Refusal) return content;
      if (isPending(content)) pending = [...(pending ?? []), putLater(input, 'body', content)];
      else input['body'] = content;
    }
    return pending ? Promise.all(pending).then(() => judge(call, input, findings)) : judge(call, input, findings);
  };
}

const putLater = (input: Input, name: string, value: PromiseLike<unknown>): PromiseLike<void> =>
  value.then((settled) => {
    input[name] = settled;
  });

function compileParts(
  parameters: readonly ParameterDescriptor[],
  reserved: ReservedNames,
  used: OperationValidators | undefined,
  validators: OperationValidators | undefined,
): Part[] {
  return (Object.keys(PARTS) as (keyof typeof PARTS)[]).flatMap((place) => {
    const own = parameters.filter((parameter) => parameter.in === place);
    const name = PARTS[place];
    const kept = place === 'query' || place === 'cookie' ? reserved[place] : [];
    const names = new Set([...own.map((parameter) => parameter.name), ...kept]);
    const readers = own.map((parameter) => ({
      name: place === 'querystring' ? undefined : parameter.name,
      read: place === 'querystring' ? compileWholeQuery(parameter) : compileParameter(parameter, names),
    }));
    const singles = own.flatMap((parameter) => {
      const single = place === 'querystring' ? undefined : compileSingle(parameter);
      return single ? [{ name: parameter.name, single }] : [];
    });
    return own.length === 0
      ? []
      : [{ name, readers, singles, validator: used?.[name], convert: converterOf(validators, validators?.[name]) }];
  });
}

function readPart(call: Call, { name, readers, singles, validator, convert }: Part, findings: Findings): unknown {
  const issues: Issue[] = [];
  let values: unknown = {};
  for (const { name: parameter, read } of readers) {
    const value = read(call, issues);
    if (parameter === undefined) values = value ?? {};
    else if (value !== undefined) setOwn(values as object, parameter, value);
  }
  if (issues.length > 0) {
    findings.malformed = true;
    add(
      findings,
      issues.map(({ path, message }) => ({ at: place(name, path), message })),
    );
    return values;
  }
  const converted = convert(values);
  if (!validator) return converted;
  if (singles.length === 0) return applyValidator(validator, converted, name, findings);
  const others = singles.flatMap(({ name: parameter, single }) => {
    const value = single(call, issues);
    return value === undefined ? [] : [[parameter, value] as const];
  });
  if (others.length === 0) return applyValidator(validator, converted, name, findings);
  const first: Findings = { flaws: undefined, malformed: false };
  return after(applyValidator(validator, converted, name, first), (checked) => {
    if (!first.flaws) return checked;
    const second: Findings = { flaws: undefined, malformed: false };
    const other = convert({ ...(values as object), ...Object.fromEntries(others) });
    return after(applyValidator(validator, other, name, second), (checkedOther) => {
      if (!second.flaws) return checkedOther;
      add(findings, first.flaws ?? []);
      return checked;
    });
  });
}

const MAY_BE_EMPTY: ReadonlySet<BodyKind> = new Set(['form', 'text', 'markup', 'lines', 'binary']);

/** Kinds of bodies that a schema describes. Markup stays text, and bytes stay bytes. */
const DESCRIBED: ReadonlySet<BodyKind> = new Set(['json', 'form', 'multipart', 'text']);

function compileBody(
  declared: NonNullable<OperationDescriptor['body']>,
  { faults, mode, validators: all }: InputOptions,
) {
  const { required, content, shapes, xml, events, parts, jsonTexts = [] } = declared;
  const validators = all?.body ?? {};
  const unsupported = new Refusal(faults.unsupportedMediaType, `Content-Type must be ${content.join(' or ')}`);
  return (call: Call, findings: Findings): unknown => {
    const given = call.header('content-type');
    const type = given === null ? content[0] : matchMediaType(given, content);
    const kind = type && jsonTexts.includes(type) ? 'json' : kindIn(given ?? type ?? '', declared);
    // An empty body is an empty text, file or form if its media type declares one.
    if (call.isEmpty && !(given && type && MAY_BE_EMPTY.has(kind))) {
      if (required) add(findings, [{ at: 'body', message: 'is required' }]);
      return undefined;
    }
    if (type === undefined) return unsupported;
    const data = events?.[type];
    if (data || kind === 'lines') {
      const options = { validator: validators[type], int64: all?.int64, mode, faults };
      return data ? readEventRows(call, given ?? type, data, options) : readRows(call, given ?? type, options);
    }
    const placed = parts?.[type];
    if (placed?.stream)
      return readPartRows(call, given ?? type, placed, {
        validator: validators[type],
        int64: all?.int64,
        mode,
        faults,
      });
    return after(call.body(type), (given) => {
      if (given instanceof MalformedBody) {
        findings.malformed = true;
        add(findings, [{ at: place('body', given.at), message: given.message }]);
        return undefined;
      }
      const isDescribed = DESCRIBED.has(kind) || xml?.[type] !== undefined;
      const validator = isDescribed ? validators[type] : undefined;
      const body = converterOf(all, validator)(given, call.suspect);
      if (!validator || mode === 'off') return body;
      const checked = checkBody(
        { validator, body, shape: shapes?.[type], text: call.suspect, int64: all?.int64 },
        findings,
      );
      const withoutHidden = all?.withoutHidden;
      // The validator already removes the properties that its own schema hides, but not those that an extending schema
      // hides.
      return withoutHidden && !findings.flaws ? after(checked, (value) => withoutHidden(value, validator)) : checked;
    });
  };
}

type GivenBody = {
  readonly validator: Validator;
  readonly body: unknown;
  readonly shape: ParameterShape | undefined;
  /** The text of JSON that needs a second check. */
  readonly text: string | undefined;
  readonly int64: OperationValidators['int64'];
};

/** In a form, an empty list has no field. A required list without a field is therefore empty. */
function checkBody({ validator, body, shape, text, int64 }: GivenBody, findings: Findings): unknown {
  return after(check(validator, body, ''), (result) => {
    const checked = text === undefined ? result : checkExact(result, { text, value: body, validator, part: '', int64 });
    const lists = checked.flaws && shape?.kind === 'object' ? missingLists(body, shape, checked.flaws) : [];
    if (lists.length > 0) {
      const whole = { ...(body as object), ...Object.fromEntries(lists.map((name) => [name, []])) };
      return applyValidator(validator, whole, '', findings);
    }
    if (!checked.flaws) return checked.value;
    add(findings, checked.flaws);
    return body;
  });
}

function missingLists(
  body: unknown,
  { properties }: ParameterShape & { readonly kind: 'object' },
  flaws: readonly Flaw[],
): readonly string[] {
  return Object.keys(properties).filter(
    (name) =>
      properties[name]?.kind === 'array' &&
      own(body as Input, name) === undefined &&
      flaws.some(({ at }) => at === place('', [name])),
  );
}

function applyValidator(validator: Validator, value: unknown, part: string, findings: Findings): unknown {
  const checked = check(validator, value, part);
  return isPending(checked)
    ? checked.then((settled) => settle(settled, value, findings))
    : settle(checked, value, findings);
}

function settle(checked: Checked, value: unknown, findings: Findings): unknown {
  if (!checked.flaws) return checked.value;
  add(findings, checked.flaws);
  return value;
}

function add(findings: Findings, flaws: readonly Flaw[]): void {
  findings.flaws = [...(findings.flaws ?? []), ...flaws];
}
