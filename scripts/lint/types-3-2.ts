import type { Plugin } from '@redocly/openapi-core';

type Types = Parameters<NonNullable<NonNullable<Plugin['typeExtension']>['oas3']>>[0];

/** Redocly's description of a field. */
type Field = { readonly enum?: readonly string[] };

/**
 * Additions to Redocly's types of OpenAPI 3.2, without which valid documents would have structural errors: `style:
 * cookie`, responses without a description, Media Type Objects in components, encodings inside encodings, and the
 * scopes of a device flow (for which Redocly looks for a type named `string`, and throws).
 * @see https://spec.openapis.org/oas/v3.2.0.html#style-values
 */
export function completeTypes32(types: Types): Types {
  const { Parameter, Encoding, Response, DeviceAuthorization } = types as Record<
    string,
    { readonly properties: { readonly [name: string]: Field }; readonly required?: readonly string[] } | undefined
  >;
  if (!Parameter || !Encoding || !Response) throw new Error('Redocly lacks types of OpenAPI 3');
  const flow = DeviceAuthorization && {
    ...DeviceAuthorization,
    properties: {
      ...DeviceAuthorization.properties,
      scopes: { type: 'object', additionalProperties: { type: 'string' } },
    },
  };
  const { style } = Parameter.properties;
  const encodings = { name: 'PrefixEncodings', properties: {}, items: 'Encoding' };
  const nested = { encoding: 'EncodingMap', prefixEncoding: encodings, itemEncoding: 'Encoding' };
  return {
    ...types,
    ...(flow && { DeviceAuthorization: flow }),
    Parameter: {
      ...Parameter,
      properties: { ...Parameter.properties, style: { ...style, enum: [...(style?.enum ?? []), 'cookie'] } },
    },
    Encoding: { ...Encoding, properties: { ...Encoding.properties, ...nested } },
    Response: { ...Response, required: [] },
    NamedMediaTypes: { properties: {}, additionalProperties: () => 'MediaType' },
  } as unknown as Types;
}
