/** What a scenario needs beyond the declarations of its mock, by scenario. */

export type Side = 'client' | 'server';

const PATH = 'OpenAPI has no path parameter that begins with a slash or is optional.';
const SEGMENT = 'A slash in a path parameter of OpenAPI is percent-encoded: the parameter is one segment.';
const REFUSED = 'The contract forbids what the request of the suite sends, so that no handler sees it.';

/** Scenarios that do not pass, and why. */
export const NOT_PASSED: Readonly<Record<string, Partial<Record<Side, string>>>> = {
  ...Object.fromEntries(
    [
      'Standard_primitive',
      'Standard_array',
      'Standard_record',
      'Explode_primitive',
      'Explode_array',
      'Explode_record',
    ].map((name) => [`Routes_PathParameters_PathExpansion_${name}`, { client: PATH, server: PATH }]),
  ),
  Parameters_Path_optional: { client: PATH, server: PATH },
  Routes_PathParameters_ReservedExpansion_template: { client: SEGMENT, server: SEGMENT },
  Routes_PathParameters_ReservedExpansion_annotation: { client: SEGMENT, server: SEGMENT },
  Type_Enum_Fixed_String_putUnknownValue: { server: REFUSED },
  Type_Model_Visibility_putReadOnlyModel: { server: REFUSED },
  Payload_JsonMergePatch_updateResource: { server: REFUSED },
  Payload_JsonMergePatch_updateOptionalResource: { server: REFUSED },
  Authentication_OAuth2_invalid: { server: 'Without a token a server returns 401; the suite wants 403.' },
};

/**
 * Responses that the contract of the suite forbids: a client returns them with issues, and a server sends them if
 * validation is off.
 */
export const BREAKS_CONTRACT: ReadonlySet<string> = new Set([
  'Type_Model_Inheritance_SingleDiscriminator_getMissingDiscriminator',
  'Type_Model_Inheritance_NestedDiscriminator_getMissingDiscriminator',
  'Type_Model_Inheritance_EnumDiscriminator_getExtensibleModelMissingDiscriminator',
  'Type_Model_Inheritance_EnumDiscriminator_getFixedModelMissingDiscriminator',
  'Type_Model_Inheritance_EnumDiscriminator_getFixedModelWrongDiscriminator',
  // The last page has no `nestedNext`, which is required.
  'Payload_Pageable_ServerDrivenPagination_nestedLink',
]);

/** Options that make a client send what the contract forbids. */
const UNCHECKED = { validation: { input: 'off' } };

/** A merge patch removes properties by null (RFC 7396), which the emitted schemas do not allow. */
const PATCH = {
  description: null,
  map: { key: { description: null }, key2: null },
  array: null,
  intValue: null,
  floatValue: null,
  innerModel: null,
  intArray: null,
};

export type Written = {
  readonly operation: string;
  readonly input: object;
  readonly options?: object;
  readonly want?: unknown;
};

/** Calls that the suite's own client does not send: one for each of its requests. */
export const CALLS: Readonly<Record<string, readonly Written[]>> = {
  Type_Enum_Fixed_String_putUnknownValue: [
    { operation: 'stringPutUnknownValue', input: { body: 'Weekend' }, options: UNCHECKED },
  ],
  Type_Model_Visibility_putReadOnlyModel: [{ operation: 'putReadOnlyModel', input: { body: {} } }],
  Payload_JsonMergePatch_updateResource: [{ operation: 'updateResource', input: { body: PATCH }, options: UNCHECKED }],
  Payload_JsonMergePatch_updateOptionalResource: [
    { operation: 'updateOptionalResource', input: { body: PATCH }, options: UNCHECKED },
  ],
  // The suite's client sends the JSON text of the string.
  Payload_MediaType_StringBody_sendAsText: [{ operation: 'stringBodySendAsText', input: { body: '{cat}' } }],
  Authentication_OAuth2_invalid: [{ operation: 'invalid', input: {} }],
  // The contract does not name the header. A caller sets it like a reader of events.
  Streaming_Sse_Protocol_reconnect: [
    { operation: 'protocolReconnect', input: {} },
    {
      operation: 'protocolReconnect',
      input: {},
      options: { headers: { 'last-event-id': 'event-1' } },
      want: [{ event: 'message', data: { message: 'world' }, id: 'event-2' }],
    },
  ],
};
