import { isObject, pointerTokens } from '../../common/document/pointer.ts';
import { camelCase } from '../../common/text/names.ts';
import { type Fixer, namesIn, removeHere, type Spot, sentence } from './fixer.ts';
import type { Tokens } from './tree.ts';

/** The object that the diagnostic is about: the value itself, or the object that contains it. */
function holder(
  { tree, tokens }: Spot,
  is: (value: { readonly [key: string]: unknown }) => boolean,
): Tokens | undefined {
  for (let at = tokens; ; at = at.slice(0, -1)) {
    const value = tree.value(at);
    if (isObject(value) && is(value)) return at;
    if (at.length === 0) return undefined;
  }
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

/** The operation that the diagnostic is in. */
function operation({ tokens, tree }: Spot): Tokens | undefined {
  for (let end = tokens.length; end > 0; end--) {
    const token = tokens[end - 1] ?? '';
    const path = tokens.slice(0, end);
    if ((METHODS.has(token) || token === 'operation') && isObject(tree.value(path))) return path;
  }
  return undefined;
}

const idOf = (spot: Spot, at: Tokens): string => {
  const id = spot.tree.value([...at, 'operationId']);
  return typeof id === 'string'
    ? id
    : camelCase(
        at
          .slice(1)
          .reverse()
          .join(' ')
          .replace(/[^A-Za-z0-9]+/g, ' '),
      );
};

const addTo =
  (title: string, key: string, value: unknown, at: Tokens): Fixer =>
  ({ tree }) => ({ title, edits: [tree.add(at, key, value)] });

const inOperation =
  (title: string, key: string, value: (id: string) => unknown): Fixer =>
  (spot) => {
    const at = operation(spot);
    return at && { title, edits: [spot.tree.add(at, key, value(idOf(spot, at)))] };
  };

const response =
  (status: string, description: string): Fixer =>
  (spot) => {
    const at = operation(spot);
    return (
      at && { title: `Add a ${status} response`, edits: [spot.tree.add([...at, 'responses'], status, { description })] }
    );
  };

const trimKey =
  (title: string, change: (key: string) => string): Fixer =>
  ({ tree, tokens }) => ({ title, edits: [tree.rename(tokens, change(tokens.at(-1) ?? ''))] });

const trimValue =
  (title: string, change: (value: string) => string, automatic = false): Fixer =>
  ({ tree, tokens }) => {
    const value = tree.value(tokens);
    return typeof value === 'string' ? { title, edits: [tree.replace(tokens, change(value))], automatic } : undefined;
  };

/** An operationId that no other operation has. */
const renameId: Fixer = ({ tree, tokens }) => {
  const at = tokens.at(-1) === 'operationId' ? tokens : [...tokens, 'operationId'];
  const id = tree.value(at);
  if (typeof id !== 'string') return undefined;
  const taken = new Set(
    tree.places().map(({ tokens: each }) => (each.at(-1) === 'operationId' ? tree.value(each) : undefined)),
  );
  let number = 2;
  while (taken.has(`${id}${number}`)) number++;
  return { title: `Rename to \`${id}${number}\``, edits: [tree.replace(at, `${id}${number}`)] };
};

const pathParameters: Fixer = (spot) => {
  if (spot.diagnostic.message.includes('is not used')) return undefined;
  const at = operation(spot) ?? holder(spot, (value) => 'parameters' in value || 'get' in value || 'post' in value);
  const name = /`([^`]+)`/.exec(spot.diagnostic.message)?.[1]?.replace(/[{}]/g, '');
  if (!at || name === undefined) return undefined;
  const parameter = { name, in: 'path', required: true, schema: { type: 'string' } };
  const list = spot.tree.value([...at, 'parameters']);
  if (!Array.isArray(list))
    return { title: `Declare \`${name}\``, edits: [spot.tree.add(at, 'parameters', [parameter])] };
  const edit = spot.tree.replace([...at, 'parameters'], [...list, parameter]);
  return { title: `Declare \`${name}\``, edits: [edit] };
};

/** Fixes a `required` that names a missing property. */
const requiredProperty: Fixer = (spot) => {
  const at = holder(spot, (value) => Array.isArray(value.required));
  const value = at && spot.tree.value(at);
  const [name] = namesIn(spot.diagnostic.message).concat(/'([^']+)'/.exec(spot.diagnostic.message)?.[1] ?? []);
  if (!at || !isObject(value) || !Array.isArray(value.required) || name === undefined) return undefined;
  const rest = value.required.filter((each) => each !== name);
  const path = [...at, 'required'];
  const edit = rest.length === 0 ? spot.tree.remove(path) : spot.tree.replace(path, rest);
  return { title: `Remove \`${name}\` from \`required\``, edits: [edit] };
};

/** Converts a value of the wrong type whose text is valid for the schema's type, for example `'5'` for a number. */
const enumType: Fixer = (spot) => {
  const value = spot.tree.value(spot.tokens);
  const at = holder(spot, (each) => 'enum' in each && 'type' in each);
  const type = at && spot.tree.value([...at, 'type']);
  const made = type === 'string' ? String(value) : Number(value);
  const fits =
    type === 'string' || ((type === 'integer' || type === 'number') && value !== '' && Number.isFinite(made));
  return fits ? { title: `Write it as ${type}`, edits: [spot.tree.replace(spot.tokens, made)] } : undefined;
};

/** The rule reports the whole list of servers. */
const emptyEnum: Fixer = ({ tree }) => {
  const found = tree.places().find(({ tokens }) => {
    const value = tokens.at(-2) === 'variables' ? tree.value(tokens) : undefined;
    return isObject(value) && Array.isArray(value.enum) && value.enum.length === 0;
  });
  return found && { title: 'Remove the empty `enum`', edits: [tree.remove([...found.tokens, 'enum'])] };
};

const serverVariable: Fixer = (spot) => {
  const at = holder(spot, (value) => typeof value.url === 'string');
  const url = at && spot.tree.value([...at, 'url']);
  if (!at || typeof url !== 'string') return undefined;
  const known = spot.tree.value([...at, 'variables']);
  const missing = [...url.matchAll(/\{([^}]+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !isObject(known) || !(name in known));
  const [first] = missing;
  if (first === undefined) return undefined;
  const edits = isObject(known)
    ? [spot.tree.add([...at, 'variables'], first, { default: 'value' })]
    : [spot.tree.add(at, 'variables', Object.fromEntries(missing.map((name) => [name, { default: 'value' }])))];
  return { title: `Define \`${first}\``, edits };
};

const mixedRange: Fixer = (spot) => {
  const at = holder(spot, (value) => 'exclusiveMinimum' in value || 'exclusiveMaximum' in value);
  const value = at && spot.tree.value(at);
  if (!at || !isObject(value)) return undefined;
  const key = ['Minimum', 'Maximum'].find((word) => `exclusive${word}` in value && word.toLowerCase() in value);
  return key === undefined
    ? undefined
    : { title: `Remove \`${key.toLowerCase()}\``, edits: [spot.tree.remove([...at, key.toLowerCase()])] };
};

const siblings: Fixer = (spot) => {
  const at = holder(spot, (value) => typeof value.$ref === 'string');
  return (
    at && { title: 'Keep the `$ref` alone', edits: [spot.tree.replace(at, { $ref: spot.tree.value([...at, '$ref']) })] }
  );
};

const component: Fixer = (spot) => {
  const tokens = spot.tokens.slice(0, 3);
  return tokens[0] === 'components' && tokens.length === 3
    ? { title: `Remove \`${tokens[2]}\``, edits: [spot.tree.remove(tokens)] }
    : undefined;
};

const tagDescription: Fixer = (spot) => {
  const at = holder(spot, (value) => typeof value.name === 'string');
  const name = at && spot.tree.value([...at, 'name']);
  return at && { title: 'Add a description', edits: [spot.tree.add(at, 'description', `Operations of ${name}.`)] };
};

const externalValue: Fixer = (spot) => {
  const at = holder(spot, (value) => 'externalValue' in value);
  return at && { title: 'Remove `externalValue`', edits: [spot.tree.remove([...at, 'externalValue'])] };
};

const secondParameter: Fixer = (spot) => {
  const index = spot.tokens.findLastIndex((token) => /^\d+$/.test(token));
  return index < 0
    ? undefined
    : { title: 'Remove the second parameter', edits: [spot.tree.remove(spot.tokens.slice(0, index + 1))] };
};

const scheme: Fixer = (spot) => {
  const name = spot.tokens.at(-1) ?? '';
  const value = { type: 'apiKey', in: 'header', name: 'x-api-key' };
  const schemes = ['components', 'securitySchemes'];
  const at = [schemes, schemes.slice(0, 1), []].find((tokens) => isObject(spot.tree.value(tokens))) ?? [];
  const missing = schemes.slice(at.length);
  const [key = name, ...inner] = [...missing, name];
  const made = inner.reduceRight<unknown>((inside, each) => ({ [each]: inside }), value);
  return { title: `Define the scheme \`${name}\``, edits: [spot.tree.add(at, key, made)] };
};

/** Adds a field that `struct` reports as missing. */
const missingField: Fixer = (spot) => {
  const field = /field `([^`]+)` must be present|must have required property '([^']+)'/.exec(spot.diagnostic.message);
  const key = field?.[1] ?? field?.[2];
  const values: { readonly [key: string]: unknown } = {
    description: 'Describe it here.',
    title: 'My API',
    version: '1.0.0',
    responses: { 200: { description: 'Success.' } },
    schema: { type: 'string' },
    name: 'name',
    paths: {},
    in: 'query',
    url: 'https://api.acme.example',
  };
  if (key === undefined || !Object.hasOwn(values, key)) return undefined;
  const at = [spot.tokens, pointerTokens(spot.diagnostic.pointer ?? '')].find((each) =>
    isObject(spot.tree.value(each)),
  );
  return at && { title: `Add \`${key}\``, edits: [spot.tree.add(at, key, values[key])] };
};

const unknownField: Fixer = ({ diagnostic, tree, tokens }) =>
  /is not expected here/.test(diagnostic.message)
    ? { title: `Remove \`${tokens.at(-1)}\``, edits: [tree.remove(tokens)] }
    : undefined;

const version: Fixer = ({ tree }) => ({ title: 'Write `openapi: 3.1.1`', edits: [tree.replace(['openapi'], '3.1.1')] });

/** Fixes for errors of OpenAPI. */
export const openapiFixers: { readonly [code: string]: Fixer } = {
  'body-unsendable': (spot) => {
    const at = operation(spot);
    return at && { title: 'Remove the request body', edits: [spot.tree.remove([...at, 'requestBody'])] };
  },
  'encoding-ignored': (spot) => {
    const at = holder(spot, (value) => 'encoding' in value);
    return at && { title: 'Remove `encoding`', edits: [spot.tree.remove([...at, 'encoding'])] };
  },
  'flow-version': ({ tree }) => ({
    title: 'Write `arazzo: 1.0.1`',
    edits: [
      tree.value(['arazzo']) === undefined
        ? { from: 0, to: 0, text: 'arazzo: 1.0.1\n' }
        : tree.replace(['arazzo'], '1.0.1'),
    ],
  }),
  'info-license': addTo('Add a license', 'license', { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' }, [
    'info',
  ]),
  'info-license-strict': addTo('Add an SPDX identifier', 'identifier', 'LicenseRef-Proprietary', ['info', 'license']),
  'method-trace': (spot) => {
    const at = operation(spot);
    return at && { title: 'Remove the operation', edits: [spot.tree.remove(at)] };
  },
  'no-duplicated-enum-values': removeHere('Remove the repeated value', true),
  'no-duplicated-tag-names': (spot) => {
    const index = spot.tokens.findLastIndex((token) => /^\d+$/.test(token));
    return { title: 'Remove the repeated tag', edits: [spot.tree.remove(spot.tokens.slice(0, index + 1))] };
  },
  'no-empty-servers': (spot) => {
    const servers = [{ url: 'https://api.acme.example' }];
    const has = spot.tree.find(['servers']) !== undefined;
    return {
      title: 'Add a server',
      edits: [has ? spot.tree.replace(['servers'], servers) : spot.tree.add([], 'servers', servers)],
    };
  },
  'no-enum-type-mismatch': enumType,
  'no-example-value-and-externalValue': externalValue,
  'no-mixed-number-range-constraints': mixedRange,
  'no-path-trailing-slash': trimKey('Remove the trailing slash', (key) => key.replace(/\/+$/, '')),
  'no-required-schema-properties-undefined': requiredProperty,
  'no-server-trailing-slash': trimValue('Remove the trailing slash', (url) => url.replace(/\/+$/, ''), true),
  'no-server-variables-empty-enum': emptyEnum,
  'no-undefined-server-variable': serverVariable,
  'no-unused-components': component,
  'nullable-type-sibling': (spot) => {
    const at = holder(spot, (value) => 'nullable' in value);
    return at && { title: 'Remove `nullable`', edits: [spot.tree.remove([...at, 'nullable'])] };
  },
  'openapi-missing': ({ tree }) => {
    const at = tree.range(tree.places()[1]?.tokens ?? [], 'key')?.[0] ?? 0;
    return { title: 'Write `openapi: 3.1.1`', edits: [{ from: at, to: at, text: 'openapi: 3.1.1\n' }] };
  },
  'openapi-version': version,
  'operation-2xx-response': response('200', 'Success.'),
  'operation-4xx-response': response('400', 'The request is invalid.'),
  'operation-name': renameId,
  'operation-operationId': inOperation('Add an operationId', 'operationId', (id) => id),
  'operation-operationId-unique': renameId,
  'operation-operationId-url-safe': trimValue('Use letters and digits', camelCase),
  'operation-parameters-unique': secondParameter,
  'operation-summary': inOperation('Add a summary', 'summary', sentence),
  'path-not-include-query': trimKey('Remove the query from the path', (key) => key.split('?')[0] ?? key),
  'path-parameters-defined': pathParameters,
  'schema-unknown-type': (spot) => {
    const types: { readonly [type: string]: string } = {
      int: 'integer',
      float: 'number',
      double: 'number',
      bool: 'boolean',
      str: 'string',
      text: 'string',
      file: 'string',
      date: 'string',
      list: 'array',
      map: 'object',
      dict: 'object',
      any: 'object',
    };
    const type = types[String(spot.tree.value(spot.tokens)).toLowerCase()];
    return type === undefined
      ? undefined
      : { title: `Write \`${type}\``, edits: [spot.tree.replace(spot.tokens, type)] };
  },
  'schema-empty-enum': (spot) => {
    const at = holder(spot, (value) => 'enum' in value);
    return at && { title: 'Remove the empty `enum`', edits: [spot.tree.remove([...at, 'enum'])] };
  },
  'schema-default-mismatch': (spot) => {
    const at = holder(spot, (value) => 'default' in value);
    return at && { title: 'Remove the default', edits: [spot.tree.remove([...at, 'default'])] };
  },
  'schema-misspelled-format': (spot) => {
    const meant = /^Did you mean `(.+?)`/.exec(spot.diagnostic.help)?.[1];
    return meant === undefined
      ? undefined
      : { title: `Write \`${meant}\``, edits: [spot.tree.replace(spot.tokens, meant)] };
  },
  'security-defined': scheme,
  'spec-ref-siblings': siblings,
  struct: (spot) => missingField(spot) ?? unknownField(spot),
  'tag-description': tagDescription,
};
