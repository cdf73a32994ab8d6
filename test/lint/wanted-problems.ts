/** What each fixture of test/fixtures/input says: place, message and help. */
export type WantedProblem = readonly [place: string, message: string, help: string];

export const wanted: { readonly [fixture: string]: readonly WantedProblem[] } = {
  'a-list': [
    [
      'document-type 1:1',
      'The file holds no map, so it is no OpenAPI document.',
      'Start the file with `openapi: 3.1.1`.',
    ],
  ],
  'absolute-ref': [
    [
      'ref-outside 19:31',
      'A `$ref` to an absolute path.',
      'Write a path relative to this file, with `/`, inside the folder of the root document.',
    ],
  ],
  'alias-bomb': [
    [
      'yaml-alias-bomb 12:38',
      'Aliases repeat more than 100000 values in this file.',
      'Use `$ref` to share parts; aliases are copied.',
    ],
  ],
  'alias-cycle': [
    ['yaml-alias-cycle 8:10', 'An alias inside the very value that it names.', 'Use `$ref` for a recursive schema.'],
  ],
  'alias-unknown': [
    [
      'yaml-alias 8:6',
      'An alias of an anchor that does not stand before it.',
      'Write the anchor (`&name`) earlier in the file, or use `$ref`.',
    ],
  ],
  'anchor-ref': [
    ['ref-anchor 19:31', 'A `$ref` to an anchor.', 'Write a JSON Pointer, for example `#/components/schemas/Name`.'],
  ],
  'bad-indentation': [
    [
      'yaml-indentation 12:6',
      'The indentation does not fit.',
      'Start all members of one map, and all items of one list, in the same column.',
    ],
    [
      'yaml-indentation 15:7',
      'The indentation does not fit.',
      'Start all members of one map, and all items of one list, in the same column.',
    ],
  ],
  'batch-without-body': [
    [
      'batch-items 13:28',
      'A batch, and the operation has no request body.',
      'Point at the list of rows in the request body.',
    ],
  ],
  'binary-tag': [
    [
      'yaml-tag 4:12',
      'A tag that YAML 1.2 core does not have, or whose value does not fit it.',
      'Remove the tag: only !!str, !!int, !!float, !!bool, !!null, !!map and !!seq are known.',
    ],
  ],
  'broken-json': [
    [
      'json-syntax 3:30',
      'This is not valid JSON: expected a key in double quotes.',
      'Look at the commas, quotes and brackets here and just before.',
    ],
  ],
  'broken-part': [
    [
      'yaml-syntax parts.yaml:3:1',
      'Something is missing here: a `:`, a comma, a quote, a bracket or a space.',
      'Close every quote and bracket, and write `key: value` with a space after the colon.',
    ],
  ],
  'code-without-example': [
    [
      'code-example 19:32',
      'No response of `listItems` has an example with the code 400.',
      'Add an example of that failure to one of the responses.',
    ],
  ],
  'code-without-success': [
    [
      'envelope-success 9:3',
      'The code is in the body, and nothing says which codes mean success.',
      'Add `success`, for example `success: [0]`.',
    ],
  ],
  'colliding-operation-id': [
    [
      'operation-name 25:20',
      '`list-items` and `listItems` become one name in code.',
      'Let them differ in more than case and punctuation.',
    ],
  ],
  'colon-in-text': [
    [
      'yaml-syntax 12:16',
      'A map starts where a single value is expected.',
      'Put the inner `key: value` on a line of its own, indented; quote a text that contains `: `.',
    ],
  ],
  'complex-key': [['yaml-key 32:13', 'A key that is no text.', 'Use a plain or quoted text as key.']],
  'data-ref': [
    [
      'ref-remote 19:31',
      'A `$ref` to a URL. No connection is made, and no other scheme is followed, while generating.',
      'Save the file beside the document and refer to it by a relative path.',
    ],
  ],
  'dispatch-absent-declared': [
    [
      'dispatch-parameter 43:15',
      'The variant is for requests without `user`, and the parameter is declared.',
      'Remove the parameter from this variant.',
    ],
  ],
  'dispatch-clash': [
    [
      'dispatch-clash 32:17',
      'The path has an operation for `get` already, beside this variant.',
      'Move the plain `get` into x-cs-dispatch, with a condition of its own, for example `absent: true`.',
    ],
    [
      'dispatch-clash 41:17',
      'The path has an operation for `get` already, beside this variant.',
      'Move the plain `get` into x-cs-dispatch, with a condition of its own, for example `absent: true`.',
    ],
  ],
  'dispatch-contradiction': [
    [
      'dispatch-condition 26:46',
      'No request can fulfil this condition on `action` and the one before.',
      'Keep one condition for each parameter.',
    ],
  ],
  'dispatch-duplicate-id': [
    [
      'operation-operationId-unique 28:11',
      'Two operations have the operationId `listItems`. The other one is at test/fixtures/input/dispatch-duplicate-id/openapi.yaml:11:7.',
      'Rename one of them: the operationId names the function in the client.',
    ],
  ],
  'dispatch-overlap': [
    [
      'dispatch-overlap 35:9',
      'A request could mean both `getUser` and `getBalance`.',
      'Let their conditions exclude each other: different values in one place, or `present` in one and `absent` in the other.',
    ],
  ],
  'dispatch-present-optional': [
    [
      'dispatch-parameter 32:15',
      'The variant needs `user`, and the parameter is not required.',
      'Declare `user` with `in: query` and `required: true` in the operation.',
    ],
  ],
  'dispatch-repeats-parameter': [
    [
      'dispatch-parameter 32:15',
      'The condition fixes `action`, and the operation declares it again.',
      'Remove the parameter: expanding adds it with its one value.',
    ],
  ],
  'dispatch-without-condition': [
    [
      'x-cs-schema 26:33',
      '`when[0]` has no field `equal`.',
      'Did you mean `equals`? Its fields are `query`, `header`, `form`, `body`, `equals`, `present` and `absent`.',
    ],
  ],
  'duplicate-error-name': [
    ['error-name 12:18', 'The codes 400 and 401 have one error name, `Invalid`.', 'Give each code a name of its own.'],
    [
      'error-name 13:18',
      'The codes 400 and 402 have names of one error class, `InvalidError`.',
      'Give each code a name of its own.',
    ],
  ],
  'duplicate-key': [
    ['yaml-duplicate-key 13:7', 'This key stands twice in one map.', 'Remove one of the two, or rename it.'],
  ],
  'duplicate-operation-id': [
    [
      'operation-operationId-unique 25:7',
      'Two operations have the operationId `listItems`. The other one is at test/fixtures/input/duplicate-operation-id/openapi.yaml:11:7.',
      'Rename one of them: the operationId names the function in the client.',
    ],
  ],
  'duplicate-status': [
    ['yaml-duplicate-key 21:9', 'This key stands twice in one map.', 'Remove one of the two, or rename it.'],
  ],
  'empty-file': [['document-empty 1:1', 'The file holds no document.', 'Start the file with `openapi: 3.1.1`.']],
  'envelope-code-nowhere': [
    [
      'envelope-pointer 22:15',
      "The 200 answer of `listItems` has nothing at `/0/code`, where the envelope's code is.",
      'Add the member to the schema, or write `x-cs-envelope: { none: true }` on the operation.',
    ],
  ],
  'file-url-ref': [
    [
      'ref-remote 19:31',
      'A `$ref` to a URL. No connection is made, and no other scheme is followed, while generating.',
      'Save the file beside the document and refer to it by a relative path.',
    ],
  ],
  fine: [],
  'fine-dispatch': [],
  'header-name': [
    [
      'header-name 17:19',
      'No header can be called "X Bad: 1".',
      "Write letters, digits and !#$%&'*+-.^_`|~ alone, as the provider spells it.",
    ],
    [
      'header-name 18:19',
      'No cookie can be called "a;b".',
      "Write letters, digits and !#$%&'*+-.^_`|~ alone, as the provider spells it.",
    ],
    [
      'header-name 33:13',
      'No header can be called "X-Signature\\r\\nEvil: 1".',
      "Write letters, digits and !#$%&'*+-.^_`|~ alone, as the provider spells it.",
    ],
    [
      'header-name 36:40',
      'No header can be called "the time".',
      "Write letters, digits and !#$%&'*+-.^_`|~ alone, as the provider spells it.",
    ],
  ],
  'http-ref': [
    [
      'ref-remote 19:31',
      'A `$ref` to a URL. No connection is made, and no other scheme is followed, while generating.',
      'Save the file beside the document and refer to it by a relative path, or name its host in `allowHosts`.',
    ],
  ],
  'inherited-ref': [
    [
      'ref-not-found 19:31',
      'This `$ref` leads nowhere: test/fixtures/input/inherited-ref/openapi.yaml has no such part.',
      'Write a JSON Pointer to something that exists, for example `#/components/schemas/Name`.',
    ],
  ],
  'invalid-example': [
    [
      'no-invalid-media-type-examples 20:31',
      'Example value must conform to the schema: `id` property type must be integer.',
      'Change the example, or the schema that it must follow.',
    ],
  ],
  'invalid-flows': [
    [
      'stepId-unique flows.arazzo.yaml:9:9',
      'The `stepId` must be unique amongst all steps described in the workflow.',
      'The rule `stepId-unique` is explained at https://redocly.com/docs/cli/rules',
    ],
    [
      'flow-operation flows.arazzo.yaml:9:38',
      'The step calls `listItmes`, and no operation has that operationId.',
      'Did you mean `listItems`? Name an operation of test/fixtures/input/invalid-flows/openapi.yaml.',
    ],
  ],
  'invalid-pattern': [
    [
      'pattern 30:40',
      'This pattern is no regular expression.',
      'Write it as in JavaScript: close every bracket, and escape `\\`, `(`, `[`, `{`, `*`, `+` and `?` where they mean themselves.',
    ],
  ],
  'json-duplicate-key': [
    ['json-number 4:12', 'A number too large to be kept.', 'Write a smaller number, or a text.'],
    ['json-duplicate-key 3:46', 'This key stands twice in one object.', 'Remove one of the two, or rename it.'],
  ],
  'leading-zero': [
    [
      'warning yaml-leading-zero 31:41',
      'YAML 1.2 reads this as the number 12.',
      'Quote it if it is a text; drop the leading zero if it is a number.',
    ],
  ],
  'many-problems': [
    [
      'x-cs-unknown 12:7',
      'There is no extension `x-cs-rety`.',
      'Did you mean `x-cs-retry`? The extensions are in specs/x-cs.schema.json.',
    ],
    [
      'ref-not-found 20:31',
      'This `$ref` leads nowhere: test/fixtures/input/many-problems/openapi.yaml has no such part.',
      'Did you mean `Items`? Write a JSON Pointer to something that exists, for example `#/components/schemas/Name`.',
    ],
    [
      'operation-operationId-unique 26:7',
      'Two operations have the operationId `listItems`. The other one is at test/fixtures/input/many-problems/openapi.yaml:11:7.',
      'Rename one of them: the operationId names the function in the client.',
    ],
    [
      'struct 40:23',
      '`type` can be one of the following only: "object", "array", "string", "number", "integer", "boolean", "null".',
      'Did you mean `integer`? Write what OpenAPI has at this place: https://spec.openapis.org/oas/v3.1.1.html',
    ],
    [
      'pattern 40:40',
      'This pattern is no regular expression.',
      'Write it as in JavaScript: close every bracket, and escape `\\`, `(`, `[`, `{`, `*`, `+` and `?` where they mean themselves.',
    ],
  ],
  'merge-key': [
    [
      'warning yaml-merge-key 31:17',
      'YAML 1.2 has no merge keys (`<<`). The members are taken as if they were written out.',
      'Write the members out, or use `$ref` and `allOf`.',
    ],
  ],
  'minimum-is-text': [
    [
      'struct 30:41',
      'Expected type `number` but got `string`.',
      'Write what OpenAPI has at this place: https://spec.openapis.org/oas/v3.1.1.html',
    ],
  ],
  'misplaced-extension': [['x-cs-place 13:7', '`x-cs-signing` has no meaning here.', 'Write it on a security scheme.']],
  'missing-extension-field': [['x-cs-schema 29:7', '`x-cs-signing` lacks the field `algorithm`.', 'Add `algorithm`.']],
  'missing-file': [
    [
      'ref-file-missing 19:31',
      'This `$ref` names a file that does not exist.',
      'Write its path relative to this file.',
    ],
  ],
  'missing-part': [
    [
      'ref-not-found 19:31',
      'This `$ref` leads nowhere: test/fixtures/input/missing-part/parts/schemas.yaml has no such part.',
      'Write a JSON Pointer to something that exists, for example `#/components/schemas/Name`.',
    ],
  ],
  'missing-quote': [
    [
      'yaml-syntax 12:31',
      'Something is missing here: a `:`, a comma, a quote, a bracket or a space.',
      'Close every quote and bracket, and write `key: value` with a space after the colon.',
    ],
  ],
  'missing-success': [
    [
      'operation-2xx-response 14:7',
      'Operation must have at least one `2XX` response.',
      'Add a response for success, for example `200`.',
    ],
    ['no-unused-components 19:5', 'Component: "Unused" is never used.', 'Refer to the component, or remove it.'],
  ],
  'misspelt-field': [
    [
      'struct 13:7',
      'Property `descriptoin` is not expected here.',
      'Did you mean `description`? Write what OpenAPI has at this place: https://spec.openapis.org/oas/v3.1.1.html',
    ],
  ],
  'not-a-number': [
    ['yaml-number 31:40', 'A number that JSON does not have.', 'Write a finite number, or quote it to make it a text.'],
    ['yaml-number 31:55', 'A number that JSON does not have.', 'Write a finite number, or quote it to make it a text.'],
  ],
  'not-openapi': [
    [
      'openapi-missing 1:9',
      'The document does not say which OpenAPI it is.',
      'Did you mean `openapi` where `opnapi` is written? Start the file with `openapi: 3.1.1`.',
    ],
  ],
  'only-comments': [['document-empty 1:1', 'The file holds no document.', 'Start the file with `openapi: 3.1.1`.']],
  'page-parameter': [
    [
      'page-parameter 13:60',
      'Paging uses the query parameter `max`, and the operation does not have it.',
      'Declare it with `in: query`, or name another.',
    ],
  ],
  'ref-cycle': [
    [
      'ref-cycle 25:19',
      'This `$ref` leads back to itself, or over too many others.',
      'Let one of the references in the circle be a real definition.',
    ],
    [
      'ref-cycle 26:19',
      'This `$ref` leads back to itself, or over too many others.',
      'Let one of the references in the circle be a real definition.',
    ],
  ],
  'ref-number': [
    [
      'ref-type 19:31',
      'A `$ref` that is no text.',
      'Write the reference as text, for example `#/components/schemas/Name`.',
    ],
  ],
  'ref-out-of-folder': [
    [
      'ref-outside 19:31',
      'This `$ref` leaves the folder of the root document.',
      'Move the file into that folder; symbolic links out of it do not count either.',
    ],
  ],
  'replay-without-nonce': [
    [
      'replay-nonce 31:17',
      'Replays are known by the nonce, and the scheme has none.',
      'Add `nonce` with the place where it travels, or write `replay: signature`.',
    ],
    [
      'replay-nonce 31:17',
      'Replays are remembered within the tolerance of the timestamp, and the scheme has none.',
      'Add `timestamp` with its `tolerance`, or write `replay: none`.',
    ],
  ],
  'second-document': [
    [
      'yaml-documents 32:1',
      'A second document in one file.',
      'Keep one document a file: remove everything from the second `---`.',
    ],
  ],
  'session-token-nowhere': [
    [
      'session-token 29:52',
      'The answer of `listItems` has nothing at `/0/token`.',
      'Point at the member of the answer that holds the token, from the root of the body.',
    ],
  ],
  'signing-a-bearer': [
    [
      'signing-scheme 28:7',
      '`x-cs-signing` is on a scheme that is not of type `apiKey`.',
      'Write `type: apiKey`; its `in` and `name` say where the signature travels.',
    ],
  ],
  'swagger-2': [
    [
      'openapi-2 1:10',
      'This is Swagger 2.0; OpenAPI 3.0, 3.1 and 3.2 are understood.',
      'Convert it to OpenAPI 3 first, for example with swagger2openapi.',
    ],
  ],
  'symlink-ref': [
    [
      'ref-outside 19:31',
      'This `$ref` leaves the folder of the root document.',
      'Move the file into that folder; symbolic links out of it do not count either.',
    ],
  ],
  tab: [['yaml-tab 3:1', 'A tab is used as indentation.', 'Indent with spaces.']],
  'text-file-ref': [
    [
      'ref-file-kind 19:31',
      'This `$ref` names a file that is neither YAML nor JSON.',
      'Only files ending in .yaml, .yml and .json are read.',
    ],
  ],
  'too-deep': [
    [
      'yaml-too-deep 8:520',
      'The document is nested more than 512 levels deep.',
      'Flatten it, or name parts of it and use `$ref`.',
    ],
  ],
  'undeclared-path-parameter': [
    [
      'path-parameters-defined 10:5',
      'The operation does not define the path parameter `{group}` expected by path `/items/{group}`.',
      'Declare the parameter with `in: path` and `required: true`, by the name in the path.',
    ],
  ],
  'undefined-security': [
    [
      'security-defined 13:20',
      'There is no `apiKey` security scheme defined.',
      'Define the scheme under `components.securitySchemes`, or write `security: []` for none.',
    ],
  ],
  'unknown-code': [
    [
      'envelope-code 19:32',
      'The code 402 is not in the errors of the envelope.',
      'Did you mean `400`? Add it with its name under `x-cs-envelope.errors` of the document.',
    ],
  ],
  'unknown-extension': [
    [
      'x-cs-unknown 29:7',
      'There is no extension `x-cs-singing`.',
      'Did you mean `x-cs-signing`? The extensions are in specs/x-cs.schema.json.',
    ],
  ],
  'unknown-extension-field': [
    ['x-cs-schema 31:9', '`timestamp` lacks the field `tolerance`.', 'Is `tolerence` meant to be it? Add `tolerance`.'],
    [
      'x-cs-schema 31:54',
      '`timestamp` has no field `tolerence`.',
      'Did you mean `tolerance`? Its fields are `in`, `name`, `pointer`, `prefix`, `unit`, `tolerance`, `zone`, `window` and `x-cs-source`.',
    ],
    [
      'x-cs-schema 32:9',
      '`x-cs-signing` has no field `vectros`.',
      'Did you mean `vectors`? Its fields are `signer`, `algorithm`, `description`, `prefix`, `signature`, `packed`, `jwt`, `message`, `key`, `output`, `computed`, `challenge`, `answers`, `timestamp`, `nonce`, `id`, `credentials`, `replay`, `refusals`, `vectors` and `x-cs-source`.',
    ],
  ],
  'unknown-ref': [
    [
      'ref-not-found 19:31',
      'This `$ref` leads nowhere: test/fixtures/input/unknown-ref/openapi.yaml has no such part.',
      'Did you mean `Items`? Write a JSON Pointer to something that exists, for example `#/components/schemas/Name`.',
    ],
  ],
  'unknown-session-operation': [
    [
      'session-operation 29:34',
      'The session logs in with `listItmes`, and no operation has that operationId.',
      'Did you mean `listItems`? Name an operation of this document.',
    ],
  ],
  'unknown-tag': [
    [
      'yaml-tag 4:12',
      'A tag that YAML 1.2 core does not have, or whose value does not fit it.',
      'Remove the tag: only !!str, !!int, !!float, !!bool, !!null, !!map and !!seq are known.',
    ],
  ],
  'unknown-type': [
    [
      'struct 30:23',
      '`type` can be one of the following only: "object", "array", "string", "number", "integer", "boolean", "null".',
      'Did you mean `integer`? Write what OpenAPI has at this place: https://spec.openapis.org/oas/v3.1.1.html',
    ],
  ],
  'unknown-version': [
    [
      'openapi-version 1:10',
      'This version of OpenAPI is not known; 3.0.x, 3.1.x and 3.2.x are.',
      'Write `openapi: 3.1.1`.',
    ],
  ],
  'unused-security': [
    ['no-unused-components 25:5', 'Security scheme: "key" is never used.', 'Refer to the component, or remove it.'],
  ],
  'vector-credential': [
    [
      'signing-vector 33:28',
      'The vector has a credential `secrte` that the scheme does not have.',
      'Did you mean `secret`? Add it under `credentials` of x-cs-signing, or remove it here.',
    ],
  ],
  'version-as-number': [
    [
      'openapi-version 1:10',
      'This version of OpenAPI is not known; 3.0.x, 3.1.x and 3.2.x are.',
      'Quote the version: it must be a text. Write `openapi: 3.1.1`.',
    ],
  ],
  'wrong-extension-type': [
    [
      'x-cs-schema 30:20',
      '`algorithm` has a value that is not allowed.',
      'Did you mean `md5`? Write `md5`, `sha1`, `sha256`, `sha384`, `sha512`, `hmac-md5`, `hmac-sha1`, `hmac-sha256`, `hmac-sha384`, `hmac-sha512`, `rsa-sha1`, `rsa-sha256`, `rsa-sha384`, `rsa-sha512`, `rsa-pss-sha256`, `rsa-pss-sha384`, `rsa-pss-sha512`, `ecdsa-p256-sha256`, `ecdsa-p384-sha384`, `ed25519` or `custom`.',
    ],
    ['x-cs-schema 31:65', '`tolerance` must be an integer.', 'Seconds, both ways.'],
  ],
  'yaml-1-1': [
    ['yaml-directive 1:1', 'The file asks for another version of YAML.', 'Remove the %YAML line, or write %YAML 1.2.'],
  ],
};
