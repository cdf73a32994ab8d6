/** Fixes for the findings of Redocly's own rules. Their messages state the error. */
const helps: { readonly [code: string]: string } = {
  struct: 'Use a field and value that OpenAPI allows here: https://spec.openapis.org/oas/v3.1.1.html',
  'info-license': 'Add `info.license` with a `name` and a `url` or `identifier`.',
  'info-license-strict': 'Give the license a `url` or an SPDX `identifier`.',
  'no-ambiguous-paths': 'Make the two paths differ in a part without parameters.',
  'no-duplicated-enum-values': 'Remove the repeated value.',
  'no-duplicated-tag-names': 'Remove or rename one of the tags.',
  'no-empty-servers': 'Add `servers` with at least one `url`.',
  'no-enum-type-mismatch': 'Change the value, or the `type`.',
  'no-example-value-and-externalValue': 'Keep `value` and remove `externalValue`.',
  'no-identical-paths': 'Merge the two paths: they differ only in the names of their parameters.',
  'no-illogical-composition-keywords': 'List at least two different schemas in `oneOf`, `anyOf` or `allOf`.',
  'no-invalid-media-type-examples': 'Correct the example or its schema.',
  'no-invalid-parameter-examples': 'Correct the example or its schema.',
  'no-invalid-schema-examples': 'Correct the example or its schema.',
  'no-mixed-number-range-constraints': 'Remove one of the two limits.',
  'no-path-trailing-slash': 'Remove the trailing `/`, unless the provider uses it.',
  'no-required-schema-properties-undefined': 'Define the property, or remove it from `required`.',
  'no-schema-type-mismatch': '`items` belongs to `type: array`, `properties` to `type: object`.',
  'no-server-example.com': 'Replace it with the host of the provider.',
  'no-server-trailing-slash': 'Remove the trailing `/` of the URL.',
  'no-server-variables-empty-enum': 'List the allowed values of the variable, including the default.',
  'no-undefined-server-variable': 'Define the variable under `variables`, or remove it from the URL.',
  'no-unsafe-markdown': 'Write plain Markdown without executable HTML.',
  'no-unused-components': 'Reference the component, or remove it.',
  'operation-2xx-response': 'Add a success response, for example `200`.',
  'operation-4xx-response': 'Add an error response, for example `400`.',
  'operation-operationId': 'Add an `operationId`. It becomes the name of the client method.',
  'operation-operationId-url-safe': 'Use letters, digits, `-`, `.`, `_` and `~`.',
  'operation-parameters-unique': 'Remove one of the two parameters.',
  'operation-summary': 'Add a one-line `summary` for the docs.',
  'path-declaration-must-exist': 'Write a parameter name between the braces.',
  'path-not-include-query': 'Declare the query under `parameters`. Use `x-cs-dispatch` if it selects the operation.',
  'security-defined':
    'Define the scheme under `components.securitySchemes`, or write `security: []` for an operation without credentials.',
  'security-scopes-defined': 'Define the scope under `flows` of the security scheme.',
  'spec-components-invalid-map-name': 'Use only letters, digits, `.`, `-` and `_` in component names.',
  'spec-discriminator-defaultMapping':
    'Add a `defaultMapping` with the name of a schema in `components.schemas`, or make the property required.',
  'spec-example-values': 'Use `value` or `externalValue` alone, or `dataValue` and `serializedValue`.',
  'spec-no-invalid-encoding-combinations': 'Use `encoding` for named parts, or the other two for a list of parts.',
  'spec-no-invalid-tag-parents': 'Write the `name` of another tag, without a circle.',
  'spec-querystring-parameters': 'Use one `in: querystring` parameter, or only `in: query` parameters.',
  'spec-ref-siblings': 'Remove the fields beside the `$ref`: OpenAPI ignores them here.',
  'tag-description': 'Add a `description` to the tag.',
  'nullable-type-sibling': 'Add `type` beside `nullable`.',
  bundler: 'Rename one of the two components, or merge them.',
};

/** Places of fields that only OpenAPI 3.2 has. */
const ONLY_3_2 = new RegExp(
  [
    '/(itemSchema|prefixEncoding|itemEncoding|dataValue|serializedValue|additionalOperations|mediaTypes)$',
    '/xml/nodeType$',
    '/discriminator/defaultMapping$',
    '/flows/deviceAuthorization$',
    '/securitySchemes/[^/]+/(oauth2MetadataUrl|deprecated)$',
    '^/\\$self$',
    '^/tags/\\d+/(summary|parent|kind)$',
    '/servers/\\d+/name$',
    '/responses/[^/]+/summary$',
    '^/paths/[^/]+/query$',
  ].join('|'),
);

/** Fields of OpenAPI 3.2 in a document of an earlier version. */
export function helpForVersion(code: string, message: string, pointer: string): string | undefined {
  const isField = code === 'struct' && / is not expected here/.test(message) && ONLY_3_2.test(pointer);
  return isField ? 'OpenAPI 3.2 has this field. Write `openapi: 3.2.0` to use it, or remove the field.' : undefined;
}

/** How to fix a finding of a Redocly rule. */
export function helpFor(code: string): string {
  return helps[code] ?? `Redocly documents the rule \`${code}\`: https://redocly.com/docs/cli/rules`;
}
