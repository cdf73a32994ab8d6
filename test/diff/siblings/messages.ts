import type { Json } from '../json.ts';
import { body, count, list, object, operation, type Row, text } from './row.ts';

const P = object({ f: { ...text, format: 'binary' }, n: text, l: list(text), j: object({ a: text }) });
/** A form, whose parts have encodings. */
const form = (schema: Json, encoding: Json = {}, type = 'multipart/form-data'): Json => ({
  requestBody: { required: true, content: { [type]: { schema, encoding } } },
});
const h = (headers: Json): Json => ({ responses: { '200': { description: 'O', headers } } });

/** Media types, encodings and headers. */
export const messages: readonly Row[] = [
  operation(
    'a part has a different content type',
    form(P, { n: { contentType: 'text/plain' } }),
    form(P, { n: { contentType: 'text/csv' } }),
    'MM',
  ),
  operation(
    'a part with a list of content types',
    form(P, { f: { contentType: 'image/png' } }),
    form(P, { f: { contentType: 'image/png, image/jpeg' } }),
    'MM',
  ),
  operation(
    'a list in a form is no longer exploded',
    form(P, { l: { style: 'form', explode: true } }, 'application/x-www-form-urlencoded'),
    form(P, { l: { style: 'form', explode: false } }, 'application/x-www-form-urlencoded'),
    'MM',
  ),
  operation('an encoding of an undeclared property', form(P, {}), form(P, { zz: { contentType: 'text/plain' } }), 'nn'),
  operation(
    'a response gains a media type with different data',
    { responses: { '200': { description: 'O', content: { 'application/json': { schema: object({ a: text }) } } } } },
    {
      responses: {
        '200': {
          description: 'O',
          content: { 'application/json': { schema: object({ a: text }) }, 'text/csv': { schema: text } },
        },
      },
    },
    'Mm',
  ),
  operation(
    'a response loses a media type',
    {
      responses: {
        '200': { description: 'O', content: { 'application/json': { schema: text }, 'text/csv': { schema: text } } },
      },
    },
    { responses: { '200': { description: 'O', content: { 'application/json': { schema: text } } } } },
    'MM',
  ),
  operation(
    'a response without a body gains one',
    { responses: { '204': { description: 'O' } } },
    {
      responses: {
        '204': { description: 'O' },
        '200': { description: 'O', content: { 'application/json': { schema: text } } },
      },
    },
    'Mm',
  ),
  operation(
    'vendor json',
    body(object({ a: text }), 'application/json'),
    body(object({ a: text }), 'application/vnd.x+json'),
    'MM',
  ),
  operation('a required response header is removed', h({ 'X-A': { required: true, schema: text } }), h({}), 'Mm'),
  operation(
    'a response header of a different type',
    h({ 'X-A': { schema: count } }),
    h({ 'X-A': { schema: text } }),
    'MM',
  ),
  operation('an optional response header is added', h({}), h({ 'X-A': { schema: text } }), 'mm'),
  operation('a required response header is added', h({}), h({ 'X-A': { required: true, schema: text } }), 'mM'),
  operation(
    'a response header by ref',
    h({ 'X-A': { $ref: '#/components/headers/A' } }),
    h({ 'X-A': { $ref: '#/components/headers/A' } }),
    'MM',
    { components: { headers: { A: { schema: text } } }, later: { headers: { A: { schema: count } } } },
  ),
  operation(
    'a response header becomes JSON',
    h({ 'X-A': { schema: object({ a: text }) } }),
    h({ 'X-A': { content: { 'application/json': { schema: object({ a: text }) } } } }),
    'MM',
  ),
  operation(
    'a response header list explodes',
    h({ 'X-A': { schema: object({ a: text }), explode: false } }),
    h({ 'X-A': { schema: object({ a: text }), explode: true } }),
    'MM',
  ),
  operation(
    'a response header of a different case',
    h({ 'X-A': { schema: text } }),
    h({ 'x-a': { schema: text } }),
    'nn',
  ),
];
