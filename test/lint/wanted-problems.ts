/** The expected diagnostics of each fixture of test/fixtures/input: location, message and help. */
export type WantedProblem = readonly [place: string, message: string, help: string];

export const wanted: { readonly [fixture: string]: readonly WantedProblem[] } = {
  'a-list': [
    [
      'document-type 1:1',
      'The file is not an OpenAPI document: its root is not an object.',
      'Start the file with `openapi: 3.1.1`.',
    ],
  ],
  'absolute-ref': [
    [
      'ref-outside 19:31',
      'The `$ref` is an absolute path.',
      'Write a path with `/` relative to this file, inside the folder of the root document.',
    ],
  ],
  'alias-bomb': [
    [
      'yaml-alias-bomb 12:38',
      'The aliases in this file expand to more than 100000 values.',
      'Use `$ref` to share parts: every alias is expanded to a copy.',
    ],
  ],
  'alias-cycle': [
    ['yaml-alias-cycle 8:10', 'The alias is inside the value that it refers to.', 'Use `$ref` for a recursive schema.'],
  ],
  'alias-unknown': [
    [
      'yaml-alias 8:6',
      'The alias refers to an anchor that is not defined before it.',
      'Define the anchor (`&name`) earlier in the file, or use `$ref`.',
    ],
  ],
  'anchor-ref': [
    [
      'ref-anchor 19:31',
      'The `$ref` is an anchor, which is not supported.',
      'Write a JSON Pointer, for example `#/components/schemas/Name`.',
    ],
  ],
  'bad-indentation': [
    [
      'yaml-indentation 12:6',
      'The indentation is inconsistent.',
      'Start all keys of one map, and all items of one list, in the same column.',
    ],
    [
      'yaml-indentation 15:7',
      'The indentation is inconsistent.',
      'Start all keys of one map, and all items of one list, in the same column.',
    ],
  ],
  'batch-without-body': [
    [
      'batch-items 13:28',
      '`x-cs-batch` requires a request body, but the operation has none.',
      'Set `items` to the JSON Pointer of the list of rows in the request body.',
    ],
  ],
  'binary-tag': [
    [
      'yaml-tag 4:12',
      'The tag is not a YAML 1.2 core tag, or does not match its value.',
      'Remove the tag, or use !!str, !!int, !!float, !!bool, !!null, !!map or !!seq.',
    ],
  ],
  'broken-json': [
    [
      'json-syntax 3:30',
      'The file is not valid JSON: expected a key in double quotes.',
      'Check the commas, quotes and brackets at this location and just before it.',
    ],
  ],
  'broken-part': [
    [
      'yaml-syntax parts.yaml:3:1',
      'A `:`, comma, quote, bracket or space is missing.',
      'Close every quote and bracket, and write `key: value` with a space after the colon.',
    ],
  ],
  'code-without-example': [
    [
      'code-example 19:32',
      'No response of `listItems` has an example with the error code 400.',
      'Add an example with this code to one of the responses.',
    ],
  ],
  'code-without-success': [
    [
      'envelope-success 9:3',
      '`x-cs-envelope` has a `code` in the body but no `success`.',
      'List the codes that mean success, for example `success: [0]`.',
    ],
  ],
  'colliding-operation-id': [
    [
      'operation-name 25:20',
      'The operationIds `list-items` and `listItems` become the same name in code.',
      'Rename one of them: the names must differ in more than case and punctuation.',
    ],
  ],
  'colon-in-text': [
    [
      'yaml-syntax 12:16',
      'A map starts where a single value was expected.',
      'Quote a string that contains `: `. For a nested map, write `key: value` on the next line, indented.',
    ],
  ],
  'complex-key': [['yaml-key 32:13', 'The key is not a string.', 'Write the key as a plain or quoted string.']],
  'data-ref': [
    [
      'ref-remote 19:31',
      'The `$ref` is a URL. Countersign does not fetch it: the host is not in `allowHosts`.',
      'Save the file beside the document and use a relative path.',
    ],
  ],
  'dispatch-absent-declared': [
    [
      'dispatch-parameter 43:15',
      'The variant matches requests without `user`, but the operation declares the parameter.',
      'Remove the parameter from this variant.',
    ],
  ],
  'dispatch-clash': [
    [
      'dispatch-clash 32:17',
      'The path declares `get` twice: as a plain operation and as this variant of `x-cs-dispatch`.',
      'Move the plain `get` operation into `x-cs-dispatch` and give it a condition, for example `absent: true`.',
    ],
    [
      'dispatch-clash 41:17',
      'The path declares `get` twice: as a plain operation and as this variant of `x-cs-dispatch`.',
      'Move the plain `get` operation into `x-cs-dispatch` and give it a condition, for example `absent: true`.',
    ],
  ],
  'dispatch-contradiction': [
    [
      'dispatch-condition 26:46',
      'This condition on `action` contradicts the condition before it: no request matches both.',
      'Keep one condition per parameter.',
    ],
  ],
  'dispatch-duplicate-id': [
    [
      'operation-operationId-unique 28:11',
      'Two operations have the operationId `listItems`. The other one is at test/fixtures/input/dispatch-duplicate-id/openapi.yaml:11:7.',
      'Rename one of them. An operationId becomes the name of a client method.',
    ],
  ],
  'dispatch-overlap': [
    [
      'dispatch-overlap 35:9',
      'The conditions of `getUser` and `getBalance` overlap: a request can match both.',
      'Make the conditions exclusive: compare the same parameter with different values, or use `present` in one and `absent` in the other.',
    ],
  ],
  'dispatch-present-optional': [
    [
      'dispatch-parameter 32:15',
      'The variant requires the query parameter `user`, but the parameter is not required.',
      'Declare `user` with `in: query` and `required: true` on the operation.',
    ],
  ],
  'dispatch-repeats-parameter': [
    [
      'dispatch-parameter 32:15',
      'The query parameter `action` is declared twice: by the dispatch condition and by the operation.',
      'Remove the parameter from the operation. Countersign adds it with the value of the condition.',
    ],
  ],
  'dispatch-without-condition': [
    [
      'x-cs-schema 26:33',
      '`when[0]` has no field `equal`.',
      'Did you mean `equals`? Known fields: `query`, `header`, `form`, `body`, `equals`, `present` and `absent`.',
    ],
  ],
  'duplicate-error-name': [
    ['error-name 12:18', 'The codes 400 and 401 have the same error name, `Invalid`.', 'Give each code a unique name.'],
    [
      'error-name 13:18',
      'The codes 400 and 402 have names that become the same error class, `InvalidError`.',
      'Give each code a unique name.',
    ],
  ],
  'duplicate-key': [
    ['yaml-duplicate-key 13:7', 'The key occurs twice in the map.', 'Remove or rename one of the two keys.'],
  ],
  'duplicate-operation-id': [
    [
      'operation-operationId-unique 25:7',
      'Two operations have the operationId `listItems`. The other one is at test/fixtures/input/duplicate-operation-id/openapi.yaml:11:7.',
      'Rename one of them. An operationId becomes the name of a client method.',
    ],
  ],
  'duplicate-status': [
    ['yaml-duplicate-key 21:9', 'The key occurs twice in the map.', 'Remove or rename one of the two keys.'],
  ],
  'empty-file': [['document-empty 1:1', 'The file is empty.', 'Start the file with `openapi: 3.1.1`.']],
  'envelope-code-nowhere': [
    [
      'envelope-pointer 22:15',
      'The 200 response of `listItems` has no property at `/0/code`, where the envelope expects the code.',
      'Add the property to the response schema. If the operation has no envelope, write `x-cs-envelope: { none: true }` on it.',
    ],
  ],
  'file-url-ref': [
    [
      'ref-remote 19:31',
      'The `$ref` is a URL. Countersign does not fetch it: the host is not in `allowHosts`.',
      'Save the file beside the document and use a relative path.',
    ],
  ],
  fine: [],
  'fine-dispatch': [],
  'header-name': [
    [
      'header-name 17:19',
      'The header name "X Bad: 1" is not valid.',
      "Use only letters, digits and !#$%&'*+-.^_`|~, in the provider's spelling.",
    ],
    [
      'header-name 18:19',
      'The cookie name "a;b" is not valid.',
      "Use only letters, digits and !#$%&'*+-.^_`|~, in the provider's spelling.",
    ],
    [
      'header-name 33:13',
      'The header name "X-Signature\\r\\nEvil: 1" is not valid.',
      "Use only letters, digits and !#$%&'*+-.^_`|~, in the provider's spelling.",
    ],
    [
      'header-name 36:40',
      'The header name "the time" is not valid.',
      "Use only letters, digits and !#$%&'*+-.^_`|~, in the provider's spelling.",
    ],
  ],
  'http-ref': [
    [
      'ref-remote 19:31',
      'The `$ref` is a URL. Countersign does not fetch it: the host is not in `allowHosts`.',
      'Save the file beside the document and use a relative path, or add the host to `allowHosts`.',
    ],
  ],
  'inherited-ref': [
    [
      'ref-not-found 19:31',
      'The `$ref` cannot be resolved: test/fixtures/input/inherited-ref/openapi.yaml has no value at this pointer.',
      'Write the JSON Pointer of an existing part, for example `#/components/schemas/Name`.',
    ],
  ],
  'invalid-example': [
    [
      'no-invalid-media-type-examples 20:31',
      'Example value must conform to the schema: `id` property type must be integer.',
      'Correct the example or its schema.',
    ],
  ],
  'invalid-flows': [
    [
      'stepId-unique flows.arazzo.yaml:9:9',
      'The `stepId` must be unique amongst all steps described in the workflow.',
      'Redocly documents the rule `stepId-unique`: https://redocly.com/docs/cli/rules',
    ],
    [
      'flow-operation flows.arazzo.yaml:9:38',
      'The step calls `listItmes`, but no operation has this operationId.',
      'Did you mean `listItems`? Use an operationId of test/fixtures/input/invalid-flows/openapi.yaml.',
    ],
  ],
  'invalid-pattern': [
    [
      'pattern 30:40',
      'The `pattern` is not a valid regular expression.',
      'Use JavaScript syntax: close every bracket, and escape `\\`, `(`, `[`, `{`, `*`, `+` and `?` where they are literal characters.',
    ],
  ],
  'json-duplicate-key': [
    ['json-number 4:12', 'The number is too large.', 'Write a smaller number, or a string.'],
    ['json-duplicate-key 3:46', 'The key occurs twice in the object.', 'Remove or rename one of the two keys.'],
  ],
  'leading-zero': [
    [
      'warning yaml-leading-zero 31:41',
      'The value is read as the number 12 in YAML 1.2.',
      'Quote the value if it is a string. Remove the leading zero if it is a number.',
    ],
  ],
  'many-problems': [
    [
      'x-cs-unknown 12:7',
      'The extension `x-cs-rety` does not exist.',
      'Did you mean `x-cs-retry`? docs/x-cs.md lists all extensions.',
    ],
    [
      'ref-not-found 20:31',
      'The `$ref` cannot be resolved: test/fixtures/input/many-problems/openapi.yaml has no value at this pointer.',
      'Did you mean `Items`? Write the JSON Pointer of an existing part, for example `#/components/schemas/Name`.',
    ],
    [
      'operation-operationId-unique 26:7',
      'Two operations have the operationId `listItems`. The other one is at test/fixtures/input/many-problems/openapi.yaml:11:7.',
      'Rename one of them. An operationId becomes the name of a client method.',
    ],
    [
      'struct 40:23',
      '`type` can be one of the following only: "object", "array", "string", "number", "integer", "boolean", "null". Received "intger".',
      'Did you mean `integer`? Use a field and value that OpenAPI allows here: https://spec.openapis.org/oas/v3.1.1.html',
    ],
    [
      'pattern 40:40',
      'The `pattern` is not a valid regular expression.',
      'Use JavaScript syntax: close every bracket, and escape `\\`, `(`, `[`, `{`, `*`, `+` and `?` where they are literal characters.',
    ],
  ],
  'merge-key': [
    [
      'warning yaml-merge-key 31:17',
      'Merge keys (`<<`) are not part of YAML 1.2. The merged keys are copied.',
      'Write out the keys, or use `$ref` and `allOf`.',
    ],
  ],
  'minimum-is-text': [
    [
      'struct 30:41',
      'Expected type `number` but got `string`.',
      'Use a field and value that OpenAPI allows here: https://spec.openapis.org/oas/v3.1.1.html',
    ],
  ],
  'misplaced-extension': [['x-cs-place 13:7', '`x-cs-signing` is not allowed here.', 'Move it to a security scheme.']],
  'missing-extension-field': [
    ['x-cs-schema 29:7', '`x-cs-signing` requires the field `algorithm`, which is missing.', 'Add `algorithm`.'],
  ],
  'missing-file': [
    [
      'ref-file-missing 19:31',
      'The `$ref` refers to a file that does not exist.',
      'Write the path relative to this file.',
    ],
  ],
  'missing-part': [
    [
      'ref-not-found 19:31',
      'The `$ref` cannot be resolved: test/fixtures/input/missing-part/parts/schemas.yaml has no value at this pointer.',
      'Write the JSON Pointer of an existing part, for example `#/components/schemas/Name`.',
    ],
  ],
  'missing-quote': [
    [
      'yaml-syntax 12:31',
      'A `:`, comma, quote, bracket or space is missing.',
      'Close every quote and bracket, and write `key: value` with a space after the colon.',
    ],
  ],
  'missing-success': [
    [
      'operation-2xx-response 14:7',
      'Operation must have at least one `2XX` response.',
      'Add a success response, for example `200`.',
    ],
    ['no-unused-components 19:5', 'Component: "Unused" is never used.', 'Reference the component, or remove it.'],
  ],
  'misspelt-field': [
    [
      'struct 13:7',
      'Property `descriptoin` is not expected here.',
      'Did you mean `description`? Use a field and value that OpenAPI allows here: https://spec.openapis.org/oas/v3.1.1.html',
    ],
  ],
  'not-a-number': [
    [
      'yaml-number 31:40',
      'The number is not a valid JSON number.',
      'Write a finite number, or quote the value to make it a string.',
    ],
    [
      'yaml-number 31:55',
      'The number is not a valid JSON number.',
      'Write a finite number, or quote the value to make it a string.',
    ],
  ],
  'not-openapi': [
    [
      'openapi-missing 1:9',
      'The document has no `openapi` version.',
      'Did you mean `openapi` where `opnapi` is written? Start the file with `openapi: 3.1.1`.',
    ],
  ],
  'only-comments': [['document-empty 1:1', 'The file is empty.', 'Start the file with `openapi: 3.1.1`.']],
  'page-parameter': [
    [
      'page-parameter 13:60',
      '`x-cs-page` uses the query parameter `max`, but the operation does not declare it.',
      'Declare the parameter with `in: query`, or use the name of a declared one.',
    ],
  ],
  'ref-cycle': [
    [
      'ref-cycle 25:19',
      'The `$ref` leads back to itself, or follows too many references.',
      'Replace one of the references in the cycle with a definition.',
    ],
    [
      'ref-cycle 26:19',
      'The `$ref` leads back to itself, or follows too many references.',
      'Replace one of the references in the cycle with a definition.',
    ],
  ],
  'ref-number': [
    [
      'ref-type 19:31',
      'The value of `$ref` is not a string.',
      'Write the reference as a string, for example `#/components/schemas/Name`.',
    ],
  ],
  'ref-out-of-folder': [
    [
      'ref-outside 19:31',
      'The `$ref` refers to a file outside the folder of the root document.',
      'Move the file into that folder. Symbolic links that lead outside are not followed.',
    ],
  ],
  'replay-without-nonce': [
    [
      'replay-nonce 31:17',
      'Replay protection by nonce requires `nonce`, which the scheme does not declare.',
      'Add `nonce` with its `in` and `name`, or write `replay: signature`.',
    ],
    [
      'replay-nonce 31:17',
      'Replay protection requires `timestamp`, which the scheme does not declare.',
      'Add `timestamp` with its `tolerance`, or write `replay: none`.',
    ],
  ],
  'second-document': [
    [
      'yaml-documents 32:1',
      'The file contains more than one YAML document.',
      'Remove the second `---` and everything after it.',
    ],
  ],
  'session-token-nowhere': [
    [
      'session-token 29:52',
      'The response of `listItems` has no property at `/0/token`.',
      'Write the JSON Pointer of the token, from the root of the response body.',
    ],
  ],
  'signing-a-bearer': [
    [
      'signing-scheme 28:7',
      '`x-cs-signing` is only allowed on a security scheme of type `apiKey`.',
      'Write `type: apiKey`, with the `in` and `name` of the signature.',
    ],
  ],
  'swagger-2': [
    [
      'openapi-2 1:10',
      'The document uses Swagger 2.0. Expected OpenAPI 3.0, 3.1 or 3.2.',
      'Convert the document to OpenAPI 3: `npx swagger2openapi@7 <old file> --yaml --outfile openapi.yaml`.',
    ],
  ],
  'symlink-ref': [
    [
      'ref-outside 19:31',
      'The `$ref` refers to a file outside the folder of the root document.',
      'Move the file into that folder. Symbolic links that lead outside are not followed.',
    ],
  ],
  tab: [['yaml-tab 3:1', 'The line is indented with a tab.', 'Use spaces for indentation.']],
  'text-file-ref': [
    [
      'ref-file-kind 19:31',
      'The `$ref` refers to a file that is not YAML or JSON.',
      'Use a file name that ends in .yaml, .yml or .json.',
    ],
  ],
  'too-deep': [
    [
      'yaml-too-deep 8:520',
      'The document is nested more than 512 levels deep.',
      'Flatten the document, or move parts to `components` and use `$ref`.',
    ],
  ],
  'undeclared-path-parameter': [
    [
      'path-parameters-defined 10:5',
      'The operation does not define the path parameter `{group}` expected by path `/items/{group}`.',
      'Declare the parameter with `in: path`, `required: true` and the name from the path.',
    ],
  ],
  'undefined-security': [
    [
      'security-defined 13:20',
      'There is no `apiKey` security scheme defined.',
      'Define the scheme under `components.securitySchemes`, or write `security: []` for an operation without credentials.',
    ],
  ],
  'unknown-code': [
    [
      'envelope-code 19:32',
      'The error code 402 is not declared in `x-cs-envelope.errors`.',
      'Did you mean `400`? Add the code and its name to `x-cs-envelope.errors` of the document.',
    ],
  ],
  'unknown-extension': [
    [
      'x-cs-unknown 29:7',
      'The extension `x-cs-singing` does not exist.',
      'Did you mean `x-cs-signing`? docs/x-cs.md lists all extensions.',
    ],
  ],
  'unknown-extension-field': [
    [
      'x-cs-schema 31:9',
      '`timestamp` requires the field `tolerance`, which is missing.',
      'Did you mean `tolerance` where `tolerence` is written? Add `tolerance`.',
    ],
    [
      'x-cs-schema 31:54',
      '`timestamp` has no field `tolerence`.',
      'Did you mean `tolerance`? Known fields: `in`, `name`, `pointer`, `prefix`, `unit`, `tolerance`, `zone`, `window` and `x-cs-source`.',
    ],
    [
      'x-cs-schema 32:9',
      '`x-cs-signing` has no field `vectros`.',
      'Did you mean `vectors`? Known fields: `signer`, `algorithm`, `description`, `prefix`, `signature`, `packed`, `jwt`, `message`, `key`, `output`, `computed`, `challenge`, `responses`, `timestamp`, `nonce`, `id`, `credentials`, `replay`, `refusals`, `vectors` and `x-cs-source`.',
    ],
  ],
  'unknown-ref': [
    [
      'ref-not-found 19:31',
      'The `$ref` cannot be resolved: test/fixtures/input/unknown-ref/openapi.yaml has no value at this pointer.',
      'Did you mean `Items`? Write the JSON Pointer of an existing part, for example `#/components/schemas/Name`.',
    ],
  ],
  'unknown-session-operation': [
    [
      'session-operation 29:34',
      'The session logs in with `listItmes`, but no operation has this operationId.',
      'Did you mean `listItems`? Use an operationId of this document.',
    ],
  ],
  'unknown-tag': [
    [
      'yaml-tag 4:12',
      'The tag is not a YAML 1.2 core tag, or does not match its value.',
      'Remove the tag, or use !!str, !!int, !!float, !!bool, !!null, !!map or !!seq.',
    ],
  ],
  'unknown-type': [
    [
      'struct 30:23',
      '`type` can be one of the following only: "object", "array", "string", "number", "integer", "boolean", "null". Received "intger".',
      'Did you mean `integer`? Use a field and value that OpenAPI allows here: https://spec.openapis.org/oas/v3.1.1.html',
    ],
  ],
  'unknown-version': [
    [
      'openapi-version 1:10',
      'The OpenAPI version is not supported. Expected 3.0.x, 3.1.x or 3.2.x.',
      'Write `openapi: 3.1.1`.',
    ],
  ],
  'unused-security': [
    ['no-unused-components 25:5', 'Security scheme: "key" is never used.', 'Reference the component, or remove it.'],
  ],
  'vector-credential': [
    [
      'signing-vector 33:28',
      'The test vector uses the credential `secrte`, which the scheme does not declare.',
      'Did you mean `secret`? Add the credential to `x-cs-signing.credentials`, or remove it from the vector.',
    ],
  ],
  'version-as-number': [
    [
      'openapi-version 1:10',
      'The OpenAPI version is not supported. Expected 3.0.x, 3.1.x or 3.2.x.',
      'Quote the version: it must be a string. Write `openapi: 3.1.1`.',
    ],
  ],
  'wrong-extension-type': [
    [
      'x-cs-schema 30:20',
      '`algorithm` has an invalid value: received "md6".',
      'Did you mean `md5`? Write `md5`, `sha1`, `sha256`, `sha384`, `sha512`, `hmac-md5`, `hmac-sha1`, `hmac-sha256`, `hmac-sha384`, `hmac-sha512`, `rsa-sha1`, `rsa-sha256`, `rsa-sha384`, `rsa-sha512`, `rsa-pss-sha256`, `rsa-pss-sha384`, `rsa-pss-sha512`, `ecdsa-p256-sha256`, `ecdsa-p384-sha384`, `ed25519` or `custom`.',
    ],
    ['x-cs-schema 31:65', '`tolerance` must be an integer.', 'Allowed clock skew in seconds, in both directions.'],
  ],
  'yaml-1-1': [
    [
      'yaml-directive 1:1',
      'The YAML version is not supported. Expected 1.2.',
      'Remove the %YAML line, or write %YAML 1.2.',
    ],
  ],
};
