const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * A moment of RFC 3339, which allows more than `Date`: a leap second counts as the second after it. A moment that an
 * offset moves out of the years 1 to 9999 is set to their limit, because a response could not express it.
 */
export function parseInstant(text: string): Date {
  const leap = /^(.*:\d\d):60(.*)$/i.exec(text);
  const time = leap === null ? Date.parse(text) : Date.parse(`${leap[1]}:59${leap[2]}`) + 1000;
  return new Date(Math.min(LAST, Math.max(FIRST, time)));
}
