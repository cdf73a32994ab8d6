import { type Format, textFormat } from '../format.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;
const RELATIVE_POINTER = /^(?:0|[1-9]\d*)(?:[+-](?:0|[1-9]\d*))?(?:#|(?:\/(?:[^~/]|~[01])*)*)$/;

/** `byte`: base64 with padding (RFC 4648, 4). */
export const byte: Format<string> = /* @__PURE__ */ textFormat('byte', (text) => BASE64.test(text));
/** `uuid`: a UUID of RFC 4122, 3. */
export const uuid: Format<string> = /* @__PURE__ */ textFormat('uuid', (text) => UUID.test(text));
/** `json-pointer`: a JSON Pointer of RFC 6901. */
export const jsonPointer: Format<string> = /* @__PURE__ */ textFormat('json-pointer', (text) => POINTER.test(text));
/** `relative-json-pointer`: a relative JSON Pointer of draft 01. */
export const relativeJsonPointer: Format<string> = /* @__PURE__ */ textFormat('relative-json-pointer', (text) => {
  return RELATIVE_POINTER.test(text);
});

/** `regex`: a regular expression of ECMA-262 with the flag `u`. */
export const regex: Format<string> = /* @__PURE__ */ textFormat('regex', (text) => {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
});
