import type { Code, EnvelopeDescriptor } from '../contract/index.ts';
import { parsePointer, setAt } from './pointer.ts';

export type Envelope = {
  /** The whole body of a success. */
  wrap(data: unknown): unknown;
  fail(code: Code, message: string | undefined): Failure;
};

export type Failure = { readonly status: number; readonly body: unknown; readonly contentType: string };

const JSON_TYPE = 'application/json';

/** @param enveloped false: this operation's answers have no envelope; its failures then speak HTTP alone */
export function compileEnvelope(envelope: EnvelopeDescriptor, enveloped: boolean): Envelope {
  return enveloped
    ? { wrap: compileWrap(envelope), fail: compileFail(envelope) }
    : { wrap: (data) => data, fail: (code, message) => problem(envelope, code, message) };
}

function compileWrap({ code, success, data, ok }: EnvelopeDescriptor): (value: unknown) => unknown {
  const codePath = code === 'status' ? undefined : parsePointer(code);
  const dataPath = data === undefined ? undefined : parsePointer(data);
  const fixed = Object.keys(ok).length > 0 || codePath !== undefined;
  return (value) => {
    if (!dataPath || dataPath.length === 0) {
      if (!fixed || !isObject(value)) return value;
      // The handler gave the whole body: what it says itself is its own business.
      const body: Record<string, unknown> = {};
      if (codePath) setAt(body, codePath, success[0]);
      return Object.assign(body, ok, value);
    }
    const body: Record<string, unknown> = {};
    if (codePath) setAt(body, codePath, success[0]);
    Object.assign(body, ok);
    setAt(body, dataPath, value);
    return body;
  };
}

function compileFail(envelope: EnvelopeDescriptor): Envelope['fail'] {
  const { code: place, message: pointer, failure } = envelope;
  const codePath = place === 'status' ? undefined : parsePointer(place);
  const messagePath = pointer === undefined ? undefined : parsePointer(pointer);
  // An envelope that says nothing of failures leaves them to the standard.
  if (!codePath && !messagePath && Object.keys(failure).length === 0) {
    return (code, message) => problem(envelope, code, message);
  }
  return (code, message) => {
    const body: Record<string, unknown> = {};
    if (codePath) setAt(body, codePath, code);
    if (messagePath) setAt(body, messagePath, message ?? describe(envelope, code));
    Object.assign(body, withoutKeys(failure, body));
    return { status: codePath ? inBandStatus(envelope, code) : httpStatus(envelope, code), body, contentType: JSON_TYPE };
  };
}

/** RFC 9457. */
function problem(envelope: EnvelopeDescriptor, code: Code, message: string | undefined): Failure {
  const status = httpStatus(envelope, code);
  const body = { title: envelope.errors[String(code)]?.name ?? String(code), status, detail: message };
  return { status, body, contentType: 'application/problem+json' };
}

function inBandStatus({ errors, status }: EnvelopeDescriptor, code: Code): number {
  return errors[String(code)]?.status ?? status;
}

function httpStatus({ errors }: EnvelopeDescriptor, code: Code): number {
  const status = errors[String(code)]?.status ?? Number(code);
  return status >= 400 && status <= 599 ? status : 500;
}

function describe({ errors }: EnvelopeDescriptor, code: Code): string {
  const known = errors[String(code)];
  return known?.description ?? known?.name ?? `Failed with code ${code}`;
}

function withoutKeys(members: object, keys: object): object {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !Object.hasOwn(keys, name)));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) !== null
    ? Object.getPrototypeOf(value) === Object.prototype
    : false;
}
