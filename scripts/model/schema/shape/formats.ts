/** A format that is asserted: which export of `@countersign/runtime/validators` checks it, for which type. */
export type KnownFormat = {
  readonly helper: string;
  readonly type: 'string' | 'number';
  /** A pattern that the format implies. It need not be checked together with the format. */
  readonly implies?: string;
};

const text = (helper: string, implies?: string): KnownFormat => ({
  helper,
  type: 'string',
  ...(implies !== undefined && { implies }),
});
const numeric = (helper: string): KnownFormat => ({ helper, type: 'number' });

/** All other formats are annotations. */
export const KNOWN_FORMATS: ReadonlyMap<string, KnownFormat> = new Map([
  ['byte', text('byte')],
  ['date', text('date')],
  ['date-time', text('dateTime')],
  ['duration', text('duration')],
  ['email', text('email')],
  ['hostname', text('hostname')],
  ['idn-email', text('idnEmail')],
  ['idn-hostname', text('idnHostname')],
  ['ipv4', text('ipv4')],
  ['ipv6', text('ipv6')],
  ['iri', text('iri')],
  ['iri-reference', text('iriReference')],
  ['json-pointer', text('jsonPointer')],
  ['regex', text('regex')],
  ['relative-json-pointer', text('relativeJsonPointer')],
  ['time', text('time')],
  ['uri', text('uri')],
  ['uri-reference', text('uriReference')],
  ['uri-template', text('uriTemplate')],
  ['uuid', text('uuid')],
  // Not a registered format. Hive's document uses it for dates.
  ['YYYY-MM-DD HH:mm:ss', text('spacedDateTime', '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$')],
  ['double', numeric('double')],
  ['float', numeric('float')],
  ['int32', numeric('int32')],
  ['int64', numeric('int64')],
]);

/** The known format of that name for values of `type`. */
export function knownFormat(format: unknown, type: 'string' | 'number'): KnownFormat | undefined {
  const known = typeof format === 'string' ? KNOWN_FORMATS.get(format) : undefined;
  return known?.type === type ? known : undefined;
}
