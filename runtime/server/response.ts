import { isBytes } from '../bodies/index.ts';
import {
  type ApiDescriptor,
  kindIn,
  kindOf,
  type OperationDescriptor,
  type OperationValidators,
  type Validator,
} from '../contract/index.ts';
import { keepNamed, type UnknownKeys } from '../validators/named/index.ts';
import { after, isPending } from './after.ts';
import type { Call } from './call.ts';
import { compileDeclaredFailure } from './declared-failure.ts';
import { declaredFor } from './declared-for.ts';
import { compileEnvelope, type Failure } from './envelope.ts';
import { UndeclaredResponseError } from './errors.ts';
import { pickContentType } from './negotiate.ts';
import { BODILESS, compilePlain, isData, type Plain } from './plain-response.ts';
import type { Refusal, ResponseHeaders } from './refusal.ts';
import { checkRows, withEventFields } from './response-rows.ts';
import type { ValidationMode, XmlCodec } from './types.ts';
import { check, describeFlaws, type Flaw } from './validate.ts';
import { toJson, type Written, writeBody } from './write-body.ts';

/** The parts of a response, before it is a `Response`. */
export type Outgoing = Written & { readonly status: number; readonly headers: ResponseHeaders | undefined };

/** Writes the responses of one operation. */
export type ResponseWriter = {
  /** @throws {UndeclaredResponseError} */
  write(result: unknown, call: Call): Outgoing | PromiseLike<Outgoing>;
  refuse(refusal: Refusal): Outgoing;
};

type Declared = OperationDescriptor['responses'][number];

/** How responses are checked and written. */
export type ResponseOptions = {
  readonly mode: ValidationMode;
  readonly unknownKeys: UnknownKeys;
  readonly xml: XmlCodec | undefined;
  /** The name of the header that contains the request id in every response, in lower case. */
  readonly requestIdHeader: string;
};

/**
 * Compiles the conversion of a handler's result to a response. It adds the envelope, validates the body against the
 * contract, removes hidden properties and serializes the body in its media type.
 */
export function compileResponse(
  api: ApiDescriptor,
  operation: OperationDescriptor,
  validators: OperationValidators | undefined,
  { mode, unknownKeys, xml, requestIdHeader }: ResponseOptions,
): ResponseWriter {
  const envelope = compileEnvelope(api.envelope, operation.enveloped);
  const declare = compileDeclaredFailure(operation, api.envelope.faults, validators);
  const success = successOf(operation);
  const codes = new Set(operation.codes.map(String));
  const byStatus = new Map<number, Declared | undefined>();
  const declaredOf = (status: number): Declared | undefined => {
    if (!byStatus.has(status)) byStatus.set(status, declaredFor(operation, status));
    return byStatus.get(status);
  };
  const keepers = new Map<Validator, (body: unknown) => unknown>();
  const keeperOf = (validator: Validator): ((body: unknown) => unknown) => {
    let keeper = keepers.get(validator);
    if (!keeper) {
      keeper = keepNamed(validator, unknownKeys) ?? ((value) => value);
      keepers.set(validator, keeper);
    }
    return keeper;
  };

  const keep = (validator: Validator, body: unknown): unknown => keeperOf(validator)(body);

  const toWire = (validator: Validator, body: unknown): unknown =>
    validators?.int64 ? validators.int64.write(body, validator) : body;

  const checkHeaders = (
    { status, requiredHeaders = [] }: Declared,
    headers: ResponseHeaders | undefined,
    call: Call,
  ) => {
    const declared = validators?.responseHeaders?.[status];
    if (mode === 'off' || (!declared && requiredHeaders.length === 0)) return;
    const sent = new Headers([[requestIdHeader, call.requestId]]);
    for (const [name, value] of Object.entries(headers ?? {})) {
      sent.delete(name);
      for (const each of [value].flat()) sent.append(name, each);
    }
    const missing = requiredHeaders.filter((name) => !sent.has(name));
    const required = missing.map((name): Flaw => ({ at: `headers/${name}`, message: 'is required' }));
    const values = declared && missing.length === 0 && declared.read(sent);
    const held = values && (validators?.int64?.read(values, declared.validator) ?? values);
    const checked = held && check(declared.validator, held, 'headers');
    const flaws = (checked && !isPending(checked) && checked.flaws) || required;
    if (flaws.length === 0) return;
    if (mode === 'throw')
      throw new UndeclaredResponseError(`the response headers do not match the contract: ${describeFlaws(flaws)}`);
    call.logger.warn?.({ flaws }, 'the response does not match the contract');
  };

  const reportFlaws = (flaws: readonly Flaw[], call: Call): void => {
    if (mode === 'throw')
      throw new UndeclaredResponseError(`the response body does not match the contract: ${describeFlaws(flaws)}`);
    call.logger.warn?.({ flaws }, 'the response does not match the contract');
  };

  const plains = new Map<number, Plain | undefined>();
  const plainOf = (status: number): Plain | undefined => {
    let plain = plains.get(status);
    if (plain === undefined && !plains.has(status)) {
      const declared = declaredOf(status);
      plain = declared && compilePlain(status, declared, validators, keeperOf);
      plains.set(status, plain);
    }
    return plain;
  };

  const writePlain = (status: number, plain: Plain, body: unknown, call: Call): Outgoing | PromiseLike<Outgoing> => {
    const { contentType, validator } = plain;
    if (!validator) return { status, body: toJson(body), contentType, headers: undefined };
    const named = plain.keep(body);
    if (mode === 'off') return { status, body: toJson(toWire(validator, named)), contentType, headers: undefined };
    const checked = check(validator, named, '');
    if (isPending(checked)) {
      return checked.then(({ flaws }) => {
        if (flaws) reportFlaws(flaws, call);
        return { status, body: toJson(toWire(validator, named)), contentType, headers: undefined };
      });
    }
    if (checked.flaws) reportFlaws(checked.flaws, call);
    return { status, body: toJson(toWire(validator, named)), contentType, headers: undefined };
  };

  const writeDeclared = (
    status: number,
    given: unknown,
    givenHeaders: unknown,
    call: Call,
    wrap: (data: unknown) => unknown = (body) => body,
  ): Outgoing | PromiseLike<Outgoing> => {
    const plain = isRecord(givenHeaders) || !isData(given) ? undefined : plainOf(status);
    if (plain) return writePlain(status, plain, wrap(given), call);
    const response = declaredOf(status);
    if (!response) throw new UndeclaredResponseError(`status ${status} is not declared`);
    const described = validators?.responseHeaders?.[response.status];
    const headers = readHeaders(
      givenHeaders,
      described && ((values) => described.write(values, (declared) => keep(described.validator, declared))),
    );
    checkHeaders(response, headers, call);
    if (response.content.length === 0 || BODILESS.has(status)) {
      if (given === undefined || given === null) return { status, body: null, contentType: undefined, headers };
      throw new UndeclaredResponseError(`status ${status} has no body`);
    }
    const byType = validators?.responses[response.status];
    const fits = (type: string): boolean => {
      if (typeof given === 'object' && kindOf(type) === 'markup') return response.xml?.[type] !== undefined;
      const found = byType?.[type];
      const checked = found && check(found, keep(found, wrap(given)), '');
      return !checked || isPending(checked) || !checked.flaws;
    };
    const contentType = pickContentType(response, headers, given, () => call.header('accept'), fits);
    // A response that is not JSON has no envelope.
    const isJsonText = response.texts?.includes(contentType.declared) && isObject(given) && !isBytes(given);
    const kind = isJsonText ? 'json' : kindIn(contentType.sent, response);
    const body = kind === 'json' ? wrap(given) : given;
    const validator = byType?.[contentType.declared];
    const root = typeof given === 'object' && !isBytes(given) ? response.xml?.[contentType.declared] : undefined;
    const parts = response.parts?.[contentType.declared];
    const isList = parts !== undefined && Array.isArray(given);
    const checked = validator && (root || isList || kind === 'json') ? validator : undefined;
    const named = checked ? keep(checked, body) : body;
    const write = (): Outgoing => {
      const kept = checked ? toWire(checked, named) : named;
      const written = root && xml ? xml.writeXml(kept, root) : kept;
      return {
        status,
        ...addressed(writeBody(written, contentType.sent, call, { kind, parts, xml: xml?.writeXml }), headers),
      };
    };
    const events = response.events?.[contentType.declared];
    if (validator && (events || parts?.stream || kind === 'lines')) {
      const checkRow = (row: unknown, place: number): unknown => {
        const named = keep(validator, row);
        const kept = events ? withEventFields(toWire(validator, named), row) : toWire(validator, named);
        if (mode === 'off') return kept;
        return after(check(validator, named, `/${place}`), ({ flaws }) => {
          if (flaws && mode === 'throw')
            throw new UndeclaredResponseError(
              `a row of the response does not match the contract: ${describeFlaws(flaws)}`,
            );
          if (flaws) call.logger.warn?.({ flaws }, 'the response does not match the contract');
          return kept;
        });
      };
      return after(checkRows(given, checkRow), (rows) => ({
        status,
        ...addressed(writeBody(rows, contentType.sent, call, { kind, events, parts, xml: xml?.writeXml }), headers),
      }));
    }
    if (!checked || mode === 'off') return write();
    return after(check(checked, named, ''), ({ flaws }) => {
      if (flaws) reportFlaws(flaws, call);
      return write();
    });
  };

  return {
    write(result, call) {
      if (!isRecord(result)) throw new UndeclaredResponseError('the handler returned no response');
      const { headers } = result;
      if (isRecord(result['error'])) {
        const { code, message } = result['error'];
        if (!isCode(code) || !codes.has(String(code)))
          throw new UndeclaredResponseError(`code ${code} is not declared`);
        const declared = operation.codes.find((known) => String(known) === String(code)) ?? code;
        const failure = declare(envelope.fail(declared, typeof message === 'string' ? message : undefined));
        const response = declaredOf(failure.status);
        const sent = readHeaders(headers, validators?.responseHeaders?.[response?.status ?? '']?.write);
        if (response) checkHeaders(response, sent, call);
        return toOutgoing(failure, sent);
      }
      if (typeof result['status'] === 'number') return writeDeclared(result['status'], result['body'], headers, call);
      if (!('data' in result))
        throw new UndeclaredResponseError('the handler returned an object without data, error and status');
      if (success === undefined) throw new UndeclaredResponseError('no success response is declared');
      return writeDeclared(success, result['data'], headers, call, envelope.wrap);
    },
    refuse: ({ code, message, headers }) => toOutgoing(declare(envelope.fail(code, message)), headers),
  };
}

/** Converts a failure in the envelope to a response. */
export function toOutgoing({ status, body, contentType }: Failure, headers?: ResponseHeaders): Outgoing {
  return { status, body: JSON.stringify(body), contentType, headers };
}

/**
 * Adds the headers of a handler. A body with its own boundary replaces a Content-Type of the handler, which would not
 * match.
 */
function addressed(written: Written, headers: ResponseHeaders | undefined): Written & Pick<Outgoing, 'headers'> {
  const { 'content-type': stated, ...others } = headers ?? {};
  const isOwn = stated !== undefined && written.contentType?.includes('boundary=');
  return { ...written, headers: isOwn || written.body instanceof FormData ? others : headers };
}

/** The status of a response `{ data }`. */
export function successOf({ responses }: OperationDescriptor): number | undefined {
  const declared =
    responses.find(({ status }) => status.startsWith('2')) ?? responses.find(({ status }) => status === 'default');
  if (!declared) return undefined;
  return /^2\d\d$/.test(declared.status) ? Number(declared.status) : 200;
}

/** Control characters that a header value cannot contain. A tab is allowed (RFC 9110, section 5.5). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be sent
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;

/**
 * Reads the headers of a response, with names in lower case. A value that could end a header is rejected here and not
 * by the platform.
 */
function readHeaders(
  given: unknown,
  write: (values: Record<string, unknown>) => { readonly [name: string]: unknown } = (values) => values,
): ResponseHeaders | undefined {
  if (!isRecord(given)) return undefined;
  const pairs = given instanceof Headers || Array.isArray(given) ? given : Object.entries(write(given));
  const headers = new Headers();
  for (const [name, value] of pairs as Iterable<readonly [string, unknown]>) {
    for (const each of [value].flat()) {
      if (each === undefined || each === null) continue;
      if (typeof each === 'object' && !(each instanceof Date))
        throw new UndeclaredResponseError(
          `the response header ${name} is an object, which the contract does not declare`,
        );
      const text = each instanceof Date ? each.toISOString() : String(each);
      if (CONTROL.test(text))
        throw new UndeclaredResponseError(
          `the response header ${name} has a control character, which HTTP does not allow`,
        );
      headers.append(name, text);
    }
  }
  const read: Record<string, string | readonly string[]> = {};
  for (const [name, value] of headers) read[name] = name === 'set-cookie' ? headers.getSetCookie() : value;
  return read;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isCode(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
