/** Errors that have a quick fix: one document for each. */
const BASE = `openapi: 3.1.1
info:
  title: T
  version: '1'
  license: { name: MIT, identifier: MIT }
servers:
  - url: https://api.demo.test
tags:
  - name: Items
    description: Items.
paths:
  /items/{id}:
    get:
      operationId: getItem
      summary: Get an item
      tags: [Items]
      security: []
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: The item.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Item' }
        '400':
          description: A wrong request.
components:
  schemas:
    Item:
      type: object
      required: [id]
      properties:
        id: { type: string }
        state: { type: string, enum: [open, paid] }
`;

const change = (from: string, to: string, more = BASE): string => {
  if (!more.includes(from)) throw new Error(`the document has no ${from}`);
  return more.replace(from, to);
};
const GET = '      operationId: getItem\n';
const SECURED = change(
  'components:\n',
  `components:
  securitySchemes:
    apiKey: { type: apiKey, in: header, name: x-key }
    signed: { type: apiKey, in: header, name: x-signature, x-cs-signing: { algorithm: hmac-sha256, signer: sign, credentials: { secret: {} } } }
`,
  change('security: []', 'security: [{ apiKey: [], signed: [] }]'),
);
const ENVELOPE = `x-cs-envelope:
  code: /code
  success: [0]
  errors:
    1: { name: Invalid }
    2: { name: Gone }
`;

/** By code: a document with the error, and a line that the fixed document has; '' where a line is removed. */
export const ROWS: readonly (readonly [code: string, text: string, want: string, name?: string])[] = [
  ['document-empty', '', 'openapi: 3.1.1'],
  [
    'json-duplicate-key',
    '{ "openapi": "3.1.1", "openapi": "3.1.1", "info": {} }',
    '{ "openapi": "3.1.1", "info": {} }',
    'openapi.json',
  ],
  ['json-syntax', '{ "openapi": "3.1.1", }', '{ "openapi": "3.1.1" }', 'openapi.json'],
  ['yaml-directive', `%YAML 1.1\n---\n${BASE}`, '---'],
  ['yaml-documents', `${BASE}---\na: 1\n`, ''],
  ['yaml-duplicate-key', change(GET, `${GET}      operationId: other\n`), GET.trim()],
  ['yaml-leading-zero', change("version: '1'", 'version: 0123'), 'version: "0123"'],
  [
    'yaml-number-digits',
    change('enum: [open, paid]', 'enum: [open, 12345678901234567890]'),
    'state: { type: string, enum: [open, "12345678901234567890"] }',
  ],
  ['yaml-syntax', change('summary: Get an item', 'summary: Note: get an item'), 'summary: "Note: get an item"'],
  ['yaml-tab', change('      summary', '\tsummary'), ''],
  ['yaml-tag', change('title: T', 'title: !name T'), 'title: T'],
  ['openapi-missing', change('openapi: 3.1.1\n', ''), 'openapi: 3.1.1'],
  ['openapi-version', change('openapi: 3.1.1', 'openapi: 4.0.0'), 'openapi: 3.1.1'],
  ['ref-not-found', change('/schemas/Item', '/schemas/Itme'), "schema: { $ref: '#/components/schemas/Item' }"],
  ['x-cs-unknown', change(GET, `${GET}      x-cs-rety: safe\n`), 'x-cs-retry: safe'],
  ['x-cs-place', change('title: T', 'title: T\n  x-cs-retry: safe'), ''],
  [
    'x-cs-schema',
    change('hmac-sha256', 'hmac-sha265', SECURED),
    '    signed: { type: apiKey, in: header, name: x-signature, x-cs-signing: { algorithm: hmac-sha256, signer: sign, credentials: { secret: {} } } }',
  ],
  ['envelope-success', BASE + ENVELOPE.replace('  success: [0]\n', ''), '  success: [ 0 ]'],
  ['error-name', BASE + ENVELOPE.replace('Gone', 'Invalid'), '    2: { name: Invalid2 }'],
  ['struct', change('          description: The item.\n', ''), '          description: Describe it here.'],
  ['no-path-trailing-slash', change('/items/{id}:', '/items/{id}/:'), '  /items/{id}:'],
  ['path-not-include-query', change('/items/{id}:', '/items/{id}?a=b:'), '  /items/{id}:'],
  [
    'path-parameters-defined',
    change('      parameters:\n        - { name: id, in: path, required: true, schema: { type: string } }\n', ''),
    '      parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]',
  ],
  [
    'operation-2xx-response',
    change(
      "        '200':\n          description: The item.\n          content:\n            application/json:\n              schema: { $ref: '#/components/schemas/Item' }\n",
      '',
    ),
    '        "200": { description: Success. }',
  ],
  [
    'operation-4xx-response',
    change("        '400':\n          description: A wrong request.\n", ''),
    '        "400": { description: The request is invalid. }',
  ],
  ['operation-operationId', change(GET, ''), '      operationId: getItemsId'],
  [
    'operation-operationId-unique',
    change(
      'components:\n',
      '  /others:\n    get: { operationId: getItem, summary: S, security: [], responses: { 200: { description: d }, 400: { description: d } } }\ncomponents:\n',
    ),
    '    get: { operationId: getItem2, summary: S, security: [], responses: { 200: { description: d }, 400: { description: d } } }',
  ],
  [
    'operation-name',
    change(
      'components:\n',
      '  /others:\n    get: { operationId: get-item, summary: S, security: [], responses: { 200: { description: d }, 400: { description: d } } }\ncomponents:\n',
    ),
    '    get: { operationId: get-item2, summary: S, security: [], responses: { 200: { description: d }, 400: { description: d } } }',
  ],
  [
    'operation-operationId-url-safe',
    change('operationId: getItem', 'operationId: get item'),
    '      operationId: getItem',
  ],
  [
    'operation-parameters-unique',
    change(
      '        - { name: id',
      '        - { name: id, in: path, required: true, schema: { type: string } }\n        - { name: id',
    ),
    '',
  ],
  ['operation-summary', change('      summary: Get an item\n', ''), '      summary: Get item'],
  [
    'info-license',
    change('  license: { name: MIT, identifier: MIT }\n', ''),
    '  license: { name: Proprietary, identifier: LicenseRef-Proprietary }',
  ],
  [
    'info-license-strict',
    change('{ name: MIT, identifier: MIT }', '{ name: MIT }'),
    '  license: { name: MIT, identifier: LicenseRef-Proprietary }',
  ],
  [
    'no-empty-servers',
    change('servers:\n  - url: https://api.demo.test\n', ''),
    'servers: [ { url: https://api.acme.example } ]',
  ],
  ['no-server-trailing-slash', change('api.demo.test', 'api.demo.test/'), '  - url: https://api.demo.test'],
  [
    'no-server-variables-empty-enum',
    change(
      '- url: https://api.demo.test',
      '- url: https://{a}.demo.test\n    variables: { a: { default: b, enum: [] } }',
    ),
    '    variables: { a: { default: b } }',
  ],
  [
    'no-undefined-server-variable',
    change('- url: https://api.demo.test', '- url: https://{a}.demo.test'),
    '    variables: { a: { default: value } }',
  ],
  [
    'no-duplicated-enum-values',
    change('[open, paid]', '[open, paid, open]'),
    '        state: { type: string, enum: [open, paid] }',
  ],
  ['no-enum-type-mismatch', change('[open, paid]', '[open, 7]'), '        state: { type: string, enum: [open, "7"] }'],
  [
    'no-duplicated-tag-names',
    change('    description: Items.\n', '    description: Items.\n  - name: Items\n    description: Again.\n'),
    '',
  ],
  ['tag-description', change('    description: Items.\n', ''), '    description: Operations of Items.'],
  [
    'no-example-value-and-externalValue',
    change(
      "              schema: { $ref: '#/components/schemas/Item' }\n",
      "              schema: { $ref: '#/components/schemas/Item' }\n              examples: { a: { value: { id: b }, externalValue: 'https://a.test/b' } }\n",
    ),
    '              examples: { a: { value: { id: b } } }',
  ],
  [
    'no-mixed-number-range-constraints',
    change('id: { type: string }', 'id: { type: number, minimum: 1, exclusiveMinimum: 1 }'),
    '        id: { type: number, exclusiveMinimum: 1 }',
  ],
  [
    'no-required-schema-properties-undefined',
    change('required: [id]', 'required: [id, nmae]'),
    '      required: [ id ]',
  ],
  ['no-unused-components', change('    Item:\n', '    Unused: { type: string }\n    Item:\n'), ''],
  [
    'security-defined',
    change('security: []', 'security: [{ token: [] }]'),
    '  securitySchemes: { token: { type: apiKey, in: header, name: x-api-key } }',
  ],
  [
    'session-operation',
    change(
      'apiKey: { type: apiKey, in: header, name: x-key }',
      'apiKey: { type: apiKey, in: header, name: x-key, x-cs-session: { operation: getItme, token: /id } }',
      SECURED,
    ),
    '    apiKey: { type: apiKey, in: header, name: x-key, x-cs-session: { operation: getItem, token: /id } }',
  ],
  [
    'method-trace',
    change(
      'components:\n',
      '    trace: { operationId: t, summary: T, security: [], responses: { 200: { description: d }, 400: { description: d } } }\ncomponents:\n',
    ),
    '',
  ],
  [
    'body-unsendable',
    change(GET, `${GET}      requestBody: { content: { text/plain: { schema: { type: string } } } }\n`),
    '',
  ],
];
