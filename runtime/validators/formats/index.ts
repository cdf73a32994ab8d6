/** The validated formats, one object each, so that a bundle contains only the used ones. */
export { iri, iriReference, uri, uriReference } from './addresses.ts';
export {
  date,
  dateTime,
  duration,
  durationWithFractions,
  spacedDateTime,
  time,
  timeWithoutOffset,
} from './dates.ts';
export { hostname, ipv4, ipv6 } from './hosts.ts';
export { idnHostname } from './international.ts';
export { email, idnEmail } from './mail.ts';
export { double, float, int32, int64 } from './numbers.ts';
export { uriTemplate } from './templates.ts';
export { byte, jsonPointer, regex, relativeJsonPointer, uuid } from './texts.ts';
