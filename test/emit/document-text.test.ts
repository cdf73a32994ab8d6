import { expect, test } from 'vitest';
import { documentText } from '../../scripts/emit/document/document-text.ts';

/** Parsed, so that `__proto__` is a name like any other. */
const parse = (text: string): object => JSON.parse(text);
const LONG = 'x'.repeat(1_000_000);

/** A document as JSON, its first lines, and their number. */
const table: readonly (readonly [string, string, number])[] = [
  ['{"openapi":"3.1.0","paths":{}}', '{\n  "openapi": "3.1.0",\n  "paths": {}\n}\n', 5],
  [
    `{"openapi":"3.1.0","paths":{"/a":{"get":{}},"/b":{"get":{}}},"info":{"description":"${LONG}"}}`,
    '{\n"openapi":"3.1.0",\n"paths":{\n"/a":{"get":{}},\n"/b":{"get":{}}\n},\n"info":{\n"description":"xxx',
    11,
  ],
  [
    `{"components":{"schemas":{"__proto__":{"type":"null"},"A":true,"B":{"$ref":"#/a~1b"}},"x":1,"y":{}},"x":"${LONG}"}`,
    '{\n"components":{\n"schemas":{\n"__proto__":{"type":"null"},\n"A":true,\n"B":{"$ref":"#/a~1b"}\n},\n"x":1,\n"y":{}\n},\n"x":"xxx',
    13,
  ],
  [`{"tags":["${LONG}"],"paths":null}`, '{\n"tags":["xxx', 5],
];

test.each(table)('writes %.40s as lines that parse to the same document', (json, start, lines) => {
  const text = documentText(parse(json));
  expect(JSON.stringify(parse(text))).toBe(json);
  expect(text.slice(0, start.length)).toBe(start);
  expect(text.split('\n')).toHaveLength(lines);
});

test('omits properties with the value undefined', () => {
  const document = { openapi: '3.1.0', paths: undefined, components: { schemas: undefined }, 'x-long': LONG };
  expect(JSON.parse(documentText(document))).toEqual({ openapi: '3.1.0', components: {}, 'x-long': LONG });
});
