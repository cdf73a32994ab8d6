import { type Format, textFormat } from '../format.ts';

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const SPACED = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|([+-])(\d\d):(\d\d))$/i;
const DURATION =
  /^P(?!$)(?:\d+W|(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?=\d)(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?)$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The number in two digits, which must exist. */
const two = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;

/**
 * Whether the month of a date has this day, for a valid month and a day up to 31. Lists of dates are long, so no text
 * is copied.
 */
function isInMonth(text: string): boolean {
  const day = two(text, 8);
  if (day <= 28) return true;
  const [year, month] = [two(text, 0) * 100 + two(text, 2), two(text, 5)];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0));
}

/** Whether a text is an existing day (RFC 3339, `full-date`). */
const isDate = (text: string): boolean => DATE.test(text) && isInMonth(text);

/**
 * Whether a text is a time (RFC 3339, `full-time`). The second 60 is allowed only in the last minute of a day in UTC,
 * where leap seconds occur.
 */
function isTime(text: string): boolean {
  const match = TIME.exec(text);
  if (match === null) return false;
  const [hour, minute, second] = match.slice(1, 4).map(Number) as [number, number, number];
  const [offsetHour, offsetMinute] = [Number(match[5] ?? 0), Number(match[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false;
  if (second < 60) return true;
  const offset = (offsetHour * 60 + offsetMinute) * (match[4] === '-' ? -1 : 1);
  const minutesOfDay = hour * 60 + minute - offset;
  return ((minutesOfDay % 1440) + 1440) % 1440 === 1439;
}

/** `date`: a day of RFC 3339, such as `2026-11-29`. */
export const date: Format<string> = /* @__PURE__ */ textFormat('date', isDate);

/** `time`: a time of RFC 3339 with its offset, such as `12:30:00Z`. */
export const time: Format<string> = /* @__PURE__ */ textFormat('time', isTime);

/** `date-time`: date and time of RFC 3339. */
export const dateTime: Format<string> = /* @__PURE__ */ textFormat('date-time', (text) => {
  const separator = text[10];
  return (separator === 'T' || separator === 't') && isDate(text.slice(0, 10)) && isTime(text.slice(11));
});

/** Date and time without a zone: `2024-07-10 20:56:59`. */
export const spacedDateTime: Format<string> = /* @__PURE__ */ textFormat('YYYY-MM-DD HH:mm:ss', (text) => {
  return SPACED.test(text) && isInMonth(text);
});

/** A time of day in the formats of many providers: a time of RFC 3339, with or without an offset. */
export const timeWithoutOffset: Format<string> = /* @__PURE__ */ textFormat('time', (text) => {
  return isTime(text) || isTime(`${text}Z`);
});

/**
 * A duration of ISO 8601 whose last part may have a fraction, as in `PT1.5S` and `P0,5D`. RFC 3339 allows no fractions.
 */
export const durationWithFractions: Format<string> = /* @__PURE__ */ textFormat('duration', (text) => {
  return DURATION.test(text.replace(/(\d)[.,]\d+(?=[YMWDHS]$)/, '$1'));
});

/** `duration`: a duration of RFC 3339, appendix A. */
export const duration: Format<string> = /* @__PURE__ */ textFormat('duration', (text) => DURATION.test(text));
