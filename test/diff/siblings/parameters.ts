import type { Json } from '../json.ts';
import { list, object, operation, type Row, text } from './row.ts';

const p = (rest: Json): Json => ({ parameters: [{ name: 'q', in: 'query', schema: list(text), ...rest }] });

/** Styles of parameters. */
export const parameters: readonly Row[] = [
  operation(
    'a cookie of another case',
    p({ in: 'cookie', schema: text }),
    p({ in: 'cookie', name: 'Q', schema: text }),
    'MM',
  ),
  operation('a query parameter of another case', p({}), p({ name: 'Q' }), 'MM'),
  operation('a query list is not exploded', p({}), p({ explode: false }), 'MM'),
  operation('a query list by pipes', p({ explode: false }), p({ style: 'pipeDelimited', explode: false }), 'MM'),
  operation('a query parameter becomes a header', p({}), p({ in: 'header' }), 'MM'),
  operation('the style that it has anyway', p({}), p({ style: 'form', explode: true }), 'nn'),
  operation('allowReserved', p({}), p({ allowReserved: true }), 'MM'),
  operation('a cookie list by commas', p({ in: 'cookie' }), p({ in: 'cookie', explode: false }), 'MM'),
  operation(
    'a querystring gains a member',
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
    'a querystring loses a member',
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
