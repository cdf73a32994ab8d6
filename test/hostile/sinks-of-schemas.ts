import { BODY, one, operation, operationWithBody, put, type Sink } from './sink.ts';

/** Locations in schemas. Their values are data of validators and types. */
export const SCHEMA_SINKS: readonly Sink[] = [
  {
    name: 'property',
    place: (document, text) => {
      document.components.schemas.Property = {
        type: 'object',
        properties: one(text, { type: 'integer' }),
        required: [text],
      };
      operationWithBody(document, 'property', { $ref: '#/components/schemas/Property' });
    },
    expect: (text) => [
      { kind: 'validator', id: 'property', path: BODY, accepts: [one(text, 1)], refuses: [{}, one(text, 'x')] },
    ],
    types: (text) => [`const property: components['schemas']['Property'][${text}] = 1; void property;`],
  },
  {
    name: 'properties that are all but equal',
    place: (document, text) => {
      const names = [text, `${text} `, `${text}_`, text.toUpperCase(), text.toLowerCase()];
      const properties = {};
      for (const name of names) put(properties, name, { type: 'integer' });
      operationWithBody(document, 'nearProperties', { type: 'object', properties, additionalProperties: false });
    },
    expect: (text) => [
      {
        kind: 'validator',
        id: 'nearProperties',
        path: BODY,
        accepts: [{ ...one(text, 1), ...one(`${text}_`, 2) }],
        refuses: [one(`${text}_`, 'x'), one(`${text}__`, 1)],
      },
    ],
  },
  {
    name: 'enum',
    place: (document, text) => {
      document.components.schemas.Enum = { type: 'string', enum: [text, `${text}!`] };
      operationWithBody(document, 'enum', { $ref: '#/components/schemas/Enum' });
    },
    expect: (text) => [
      { kind: 'validator', id: 'enum', path: BODY, accepts: [text, `${text}!`], refuses: [`${text}?`, 0, null] },
    ],
    types: (text) => [`const member: components['schemas']['Enum'] = ${text}; void member;`],
  },
  {
    name: 'const',
    place: (document, text) => {
      document.components.schemas.Const = { const: text };
      operationWithBody(document, 'const', { $ref: '#/components/schemas/Const' });
    },
    expect: (text) => [{ kind: 'validator', id: 'const', path: BODY, accepts: [text], refuses: [`${text}?`, null] }],
    types: (text) => [`const constant: components['schemas']['Const'] = ${text}; void constant;`],
  },
  {
    name: 'const that is an object',
    place: (document, text) => {
      operationWithBody(document, 'constObject', { const: { ...one(text, [text]), list: [{ text }] } });
    },
    expect: (text) => [
      {
        kind: 'validator',
        id: 'constObject',
        path: BODY,
        accepts: [{ ...one(text, [text]), list: [{ text }] }],
        refuses: [{ list: [{ text: `${text}?` }] }],
      },
    ],
  },
  {
    name: 'default',
    place: (document, text) => {
      document.components.schemas.WithDefault = {
        type: 'object',
        properties: { text: { type: 'string', default: text }, tree: { type: 'object', default: one(text, [text]) } },
      };
      operationWithBody(document, 'default', { $ref: '#/components/schemas/WithDefault' });
      operation(document, 'queryDefault').parameters = [
        { name: 'q', in: 'query', schema: { type: 'string', default: text } },
      ];
    },
    expect: (text) => [
      { kind: 'validator', id: 'default', path: BODY, accepts: [{ text, tree: {} }], refuses: [{ text: 1 }] },
    ],
  },
  {
    name: 'pattern',
    place: (document, text) => operationWithBody(document, 'pattern', { type: 'string', pattern: text }),
  },
  {
    name: 'pattern that means the text',
    place: (document, text) => {
      // Every unit by its number: a valid pattern for any text.
      const source = text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
      operationWithBody(document, 'patternOfText', { type: 'string', pattern: `^${source}$` });
    },
  },
  {
    name: 'pattern of a property name',
    place: (document, text) => {
      operationWithBody(document, 'patternProperties', {
        type: 'object',
        patternProperties: one(text, { type: 'integer' }),
      });
    },
  },
  {
    name: 'format',
    place: (document, text) => operationWithBody(document, 'format', { type: 'string', format: text }),
  },
  {
    name: 'type',
    place: (document, text) => operationWithBody(document, 'type', { type: text }),
  },
  {
    name: 'required',
    place: (document, text) => operationWithBody(document, 'required', { type: 'object', required: [text] }),
    expect: (text) => [{ kind: 'validator', id: 'required', path: BODY, accepts: [one(text, 1)], refuses: [{}] }],
  },
  {
    name: 'dependent members',
    place: (document, text) => {
      operationWithBody(document, 'dependent', {
        type: 'object',
        dependentRequired: one(text, ['other']),
        dependentSchemas: one(text, { required: ['other'] }),
      });
    },
    expect: (text) => [
      {
        kind: 'validator',
        id: 'dependent',
        path: BODY,
        accepts: [{}, { ...one(text, 1), other: 1 }],
        refuses: [one(text, 1)],
      },
    ],
  },
  {
    name: 'definitions',
    place: (document, text) => {
      operationWithBody(document, 'definitions', {
        type: 'object',
        $defs: one(text, { type: 'integer' }),
        properties: { a: { type: 'integer' } },
      });
    },
  },
  {
    name: 'identifiers of schemas',
    place: (document, text) => {
      operationWithBody(document, 'identifiers', { type: 'string', $id: text, $anchor: text, $schema: text });
    },
  },
  {
    name: 'unknown keyword',
    place: (document, text) => {
      const schema = { type: 'string' };
      put(schema, text, text);
      operationWithBody(document, 'keyword', schema);
    },
  },
  {
    name: 'content of a string',
    place: (document, text) => {
      operationWithBody(document, 'content', { type: 'string', contentMediaType: text, contentEncoding: text });
    },
  },
  {
    name: 'discriminator property',
    place: (document, text) => {
      const kind = (value: string): object => ({
        type: 'object',
        required: [text],
        properties: one(text, { const: value }),
      });
      Object.assign(document.components.schemas, { Cat: kind('Cat'), Dog: kind('Dog') });
      document.components.schemas.Pet = {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: { propertyName: text },
      };
      operationWithBody(document, 'discriminator', { $ref: '#/components/schemas/Pet' });
    },
    expect: (text) => [
      {
        kind: 'validator',
        id: 'discriminator',
        path: BODY,
        accepts: [one(text, 'Cat'), one(text, 'Dog')],
        refuses: [one(text, 'Cow'), {}],
      },
    ],
  },
  {
    name: 'discriminator mapping',
    place: (document, text) => {
      const kind = (value: string): object => ({
        type: 'object',
        required: ['kind'],
        properties: { kind: { const: value } },
      });
      Object.assign(document.components.schemas, { Car: kind(text), Van: kind(`${text}!`) });
      document.components.schemas.Vehicle = {
        oneOf: [{ $ref: '#/components/schemas/Car' }, { $ref: '#/components/schemas/Van' }],
        discriminator: {
          propertyName: 'kind',
          mapping: { ...one(text, '#/components/schemas/Car'), ...one(`${text}!`, 'Van') },
        },
      };
      operationWithBody(document, 'mapping', { $ref: '#/components/schemas/Vehicle' });
    },
    expect: (text) => [
      {
        kind: 'validator',
        id: 'mapping',
        path: BODY,
        accepts: [{ kind: text }, { kind: `${text}!` }],
        refuses: [{ kind: `${text}?` }],
      },
    ],
  },
  {
    name: 'discriminator mapping, value',
    // Its string may be the name of a component of another sink.
    group: 1,
    place: (document, text) => {
      document.components.schemas.Bike = {
        type: 'object',
        required: ['kind'],
        properties: { kind: { type: 'string' } },
      };
      document.components.schemas.Ride = {
        oneOf: [{ $ref: '#/components/schemas/Bike' }],
        discriminator: { propertyName: 'kind', mapping: { bike: text } },
      };
      operationWithBody(document, 'mappingValue', { $ref: '#/components/schemas/Ride' });
    },
  },
  {
    name: 'encoding and XML',
    place: (document, text) => {
      const made = operation(document, 'encoding');
      made.requestBody = {
        content: {
          'multipart/form-data': {
            schema: { type: 'object', properties: one(text, { type: 'string', xml: { name: text, prefix: text } }) },
            encoding: one(text, { contentType: text, headers: one(text, { schema: { type: 'string' } }) }),
          },
        },
      };
    },
  },
];
