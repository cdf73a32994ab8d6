import { type Code, type EnvelopeDescriptor, own, parsePointer, setOwn } from '../contract/index.ts';

/** Puts data and failures into the provider's envelope. */
export type Envelope = {
  /** The whole body of a success. */
  wrap(data: unknown): unknown;
  fail(code: Code, message: string | undefined): Failure;
};

/** A failure as it is sent: HTTP status, body and media type. */
export type Failure = { readonly status: number; readonly body: unknown; readonly contentType: string };

const JSON_TYPE = 'application/json';
/** The standard format of failures (RFC 9457). */
export const PROBLEM = 'application/problem+json';

/**
 * @param enveloped false: the responses of this operation have no envelope, and its failures are reported only by the
 * HTTP status
 */
export function compileEnvelope(envelope: EnvelopeDescriptor, enveloped: boolean): Envelope {
  return enveloped
    ? { wrap: compileWrap(envelope), fail: compileFail(envelope) }
    : { wrap: (data) => data, fail: (code, message) => problem(envelope, code, message) };
}

function compileWrap({ code, success, data, ok }: EnvelopeDescriptor): (value: unknown) => unknown {
  const codePath = code === 'status' ? undefined : parsePointer(code);
  const dataPath = data === undefined ? [] : parsePointer(data);
  const frame =
    codePath || Object.keys(ok).length > 0 ? build(codePath ? [[codePath, success[0]]] : [], ok) : undefined;
  if (dataPath.length === 0) {
    // The handler returned the whole body, so its values take precedence.
    return (value) => (frame && isObject(value) ? { ...frame, ...value } : value);
  }
  const [name] = dataPath;
  if (dataPath.length === 1 && name !== undefined && name !== '__proto__') {
    // An assignment takes less time than a computed name in an object literal.
    return (value) => {
      const body: Record<string, unknown> = { ...frame };
      body[name] = value;
      return body;
    };
  }
  return (value) => {
    const body = { ...frame };
    setAt(body, dataPath, value);
    return body;
  };
}

/** Whether failures have the standard format, because the envelope has no rule for them. */
export const isStandard = ({ code, message, failure }: EnvelopeDescriptor): boolean =>
  code === 'status' && message === undefined && Object.keys(failure).length === 0;

function compileFail(envelope: EnvelopeDescriptor): Envelope['fail'] {
  const { code: place, message: pointer, failure } = envelope;
  const codePath = place === 'status' ? undefined : parsePointer(place);
  const messagePath = pointer === undefined ? undefined : parsePointer(pointer);
  if (isStandard(envelope)) {
    return (code, message) => problem(envelope, code, message);
  }
  return (code, message) => {
    const values: [readonly string[], unknown][] = [];
    if (codePath) values.push([codePath, code]);
    if (messagePath) values.push([messagePath, message ?? describe(envelope, code)]);
    const status = codePath ? inBandStatus(envelope, code) : httpStatus(envelope, code);
    return { status, body: build(values, failure), contentType: JSON_TYPE };
  };
}

/**
 * Builds a body from fixed properties and the values at their locations. Code and message come first, as readers
 * expect.
 */
function build(values: readonly (readonly [path: readonly string[], value: unknown])[], fixed: object): object {
  const body: Record<string, unknown> = {};
  for (const [path, value] of values) if (path.length === 1) setAt(body, path, value);
  for (const [name, value] of Object.entries(fixed)) if (!Object.hasOwn(body, name)) setAt(body, [name], value);
  for (const [path, value] of values) if (path.length > 1) setAt(body, path, value);
  return body;
}

/** Builds the body of a failure in the standard format (RFC 9457). */
function problem(envelope: EnvelopeDescriptor, code: Code, message: string | undefined): Failure {
  const status = httpStatus(envelope, code);
  const body = { title: own(envelope.errors, String(code))?.name ?? String(code), status, detail: message };
  return { status, body, contentType: PROBLEM };
}

function inBandStatus({ errors, status }: EnvelopeDescriptor, code: Code): number {
  return own(errors, String(code))?.status ?? status;
}

function httpStatus({ errors }: EnvelopeDescriptor, code: Code): number {
  const status = own(errors, String(code))?.status ?? Number(code);
  return status >= 400 && status <= 599 ? status : 500;
}

function describe({ errors }: EnvelopeDescriptor, code: Code): string {
  const known = own(errors, String(code));
  return known?.description ?? known?.name ?? `Failed with code ${code}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Sets a value and creates missing objects. Another value on the way is replaced by an object. */
function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let at = target;
  for (const part of path.slice(0, -1)) {
    const known = own(at, part);
    const next: Record<string, unknown> = typeof known === 'object' && known !== null ? { ...known } : {};
    setOwn(at, part, next);
    at = next;
  }
  setOwn(at, last, value);
}
