import type { Json } from '../json.ts';
import { list, object, operation, type Row, text } from './row.ts';

const p = (rest: Json): Json => ({ parameters: [{ name: 'q', in: 'query', schema: list(text), ...rest }] });

/** Styles of parameters. */
export const parameters: readonly Row[] = [
  operation(
    'a cookie in a different case',
    p({ in: 'cookie', schema: text }),
    p({ in: 'cookie', name: 'Q', schema: text }),
    'MM',
  ),
  operation('a query parameter of a different case', p({}), p({ name: 'Q' }), 'MM'),
  operation('a query list is not exploded', p({}), p({ explode: false }), 'MM'),
  operation(
    'a query list with pipes as delimiters',
    p({ explode: false }),
    p({ style: 'pipeDelimited', explode: false }),
    'MM',
  ),
  operation('a query parameter becomes a header', p({}), p({ in: 'header' }), 'MM'),
  operation('the default style is written out', p({}), p({ style: 'form', explode: true }), 'nn'),
  operation('allowReserved', p({}), p({ allowReserved: true }), 'MM'),
  operation('a cookie list with commas as delimiters', p({ in: 'cookie' }), p({ in: 'cookie', explode: false }), 'MM'),
  operation(
    'a querystring gains a property',
    {
      parameters: [
        {
          name: 'q',
          in: 'querystring',
          content: { 'application/x-www-form-urlencoded': { schema: object({ a: text }) } },
        },
      ],
    },
    {
      parameters: [
        {
          name: 'q',
          in: 'querystring',
          content: { 'application/x-www-form-urlencoded': { schema: object({ a: text, b: text }, 'b') } },
        },
      ],
    },
    'Mm',
    { components: {}, rest: { openapi: '3.2.0' } },
  ),
  operation(
    'a querystring loses a property',
    {
      parameters: [
        {
          name: 'q',
          in: 'querystring',
          content: { 'application/x-www-form-urlencoded': { schema: object({ a: text, b: text }) } },
        },
      ],
    },
    {
      parameters: [
        {
          name: 'q',
          in: 'querystring',
          content: { 'application/x-www-form-urlencoded': { schema: object({ a: text }) } },
        },
      ],
    },
    'MM',
    { components: {}, rest: { openapi: '3.2.0' } },
  ),
];
