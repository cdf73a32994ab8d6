/** The errors that a person makes while writing a spec: each is reported once, with its fix, and without consequences. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { scratchFolder } from '../run/scratch-folder.ts';

const RIGHT = `openapi: 3.1.1
info: { title: Shop, version: '1', license: { name: MIT, identifier: MIT } }
servers: [{ url: https://api.shop.test }]
security: [{ shopSignature: [] }]
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      summary: Get an order
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
              example: { id: 7, item: coffee }
        '404': { description: There is no such order. }
components:
  schemas:
    Order: { type: object, required: [id], properties: { id: { type: integer }, item: { type: string } } }
  securitySchemes:
    shopSignature:
      type: apiKey
      in: header
      name: X-Signature
      x-cs-signing:
        algorithm: hmac-sha256
        timestamp: { in: header, name: X-Timestamp, unit: s, tolerance: 300 }
        message: { join: "\\n", parts: [timestamp, method, target, body] }
        key: { credential: secret }
        credentials: { secret: {} }
`;

async function lint(text: string): Promise<readonly string[]> {
  const file = path.join(scratchFolder('mistakes'), 'openapi.yaml');
  writeFileSync(file, text);
  const found = await lintSpec(await loadSpec(file));
  return found.map(({ code, at, message, help }) => `${code} ${at.line}:${at.column} ${message} ${help}`);
}

const GENERAL = 'Use a field and value that OpenAPI allows here: https://spec.openapis.org/oas/v3.1.1.html';

describe('a mistake is reported with its fix', () => {
  test('the spec itself has none', async () => {
    expect(await lint(RIGHT)).toEqual([]);
  });

  test('a component of a parameter that the security scheme sends is used', async () => {
    const spec = RIGHT.replace(
      "responses:\n        '200'",
      "  - { $ref: '#/components/parameters/Time' }\n      responses:\n        '200'",
    ).replace(
      'components:\n',
      'components:\n  parameters: { Time: { name: x-timestamp, in: header, schema: { type: string } } }\n',
    );
    expect(spec).toContain('parameters/Time');
    expect(await lint(spec)).toEqual([]);
  });

  test.each<[title: string, from: string, to: string, want: readonly (string | RegExp)[]]>([
    [
      'a method',
      '    get:',
      '    gett:',
      [`struct 7:5 Property \`gett\` is not expected here. Did you mean \`get\`? ${GENERAL}`],
    ],
    [
      'a path without a slash',
      '  /orders/{id}:',
      '  orders/{id}:',
      [
        'struct 6:3 Property `orders/{id}` is not expected here. A path starts with `/`: write `/orders/{id}`, or `x-orders/{id}` for an extension.',
      ],
    ],
    [
      'nullable, a field of OpenAPI 3.0',
      'item: { type: string }',
      'item: { type: string, nullable: true }',
      [/^struct 22:\d+ Property `nullable` .* write `type: \[string, "null"\]`/],
    ],
    [
      'a parameter without a schema',
      'schema: { type: integer } }\n      responses',
      'type: integer }\n      responses',
      [
        /^struct 11:11 Must contain at least one of the following fields: schema, content/,
        /^struct 11:49 .*`type` is not expected here. Move the field to the `schema` of the parameter./,
      ],
    ],
    [
      'a response of Swagger 2',
      "'404': { description: There is no such order. }",
      "'404': { description: No order., schema: { $ref: '#/components/schemas/Order' } }",
      [/^struct 19:\d+ .* Move the schema below a media type/],
    ],
    ...(
      [
        ['int', 'integer'],
        ['float', 'number'],
        ['bool', 'boolean'],
        ['str', 'string'],
        ['dict', 'object'],
        ['list', 'array'],
        ['none', '"null"'],
      ] as const
    ).map(([type, means]): [string, string, string, readonly RegExp[]] => [
      `the type ${type}`,
      'properties: { id: { type: integer }',
      `properties: { id: { type: ${type} }`,
      [new RegExp(`^struct 22:\\d+ \`type\` can be .* Received "${type}"\\. Did you mean \`${means}\`\\?`)],
    ]),
    [
      'the type date',
      'item: { type: string }',
      'item: { type: date }',
      [/^struct 22:.* Received "date"\. Write `type: string`, and the kind of string in `format`/],
    ],
    [
      'the name of a security scheme',
      'security: [{ shopSignature: [] }]',
      'security: [{ shopSignatur: [] }]',
      [/^security-defined 4:\d+ .*Did you mean `shopSignature`\? Define the scheme/],
    ],
    [
      'an empty response',
      "'200':\n          description: The order.\n          content:\n            application/json:\n              schema: { $ref: '#/components/schemas/Order' }\n              example: { id: 7, item: coffee }\n",
      "'200':\n",
      [
        'struct 13:15 The value is empty. Expected `Response` (object). Write the value after the key, or remove the key.',
      ],
    ],
    [
      'a part of a message',
      'parts: [timestamp, method',
      'parts: [timestmp, method',
      [/^x-cs-schema 31:\d+ `parts\[0\]` has an invalid value: received "timestmp"\. Did you mean `timestamp`\?/],
    ],
    [
      'a field of a part',
      'parts: [timestamp, method',
      'parts: [timestamp, { heder: X-A }, method',
      [/^x-cs-schema 31:\d+ `parts\[1\]` has no field `heder`\. Did you mean `header`\?/],
    ],
    [
      'a unit',
      'unit: s,',
      'unit: sec,',
      [/^x-cs-schema 30:\d+ `unit` has an invalid value: received "sec"\. .*`s`, `ms`/],
    ],
    [
      'an algorithm',
      'algorithm: hmac-sha256',
      'algorithm: hmac-sha-256',
      [/^x-cs-schema 29:\d+ `algorithm` has an invalid value: received "hmac-sha-256"\. Did you mean `hmac-sha256`\?/],
    ],
  ])('%s', async (_title, from, to, want) => {
    expect(RIGHT).toContain(from);
    const found = await lint(RIGHT.replace(from, to));
    expect(found).toEqual(want.map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))));
  });
});
