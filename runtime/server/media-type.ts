import { JSON_LINES } from '../contract/index.ts';

/** `text/html; charset=utf-8` as `text/html`. */
export function essence(contentType: string): string {
  const at = contentType.indexOf(';');
  return (at < 0 ? contentType : contentType.slice(0, at)).trim().toLowerCase();
}

export type BodyKind = 'json' | 'form' | 'multipart' | 'text' | 'events' | 'lines' | 'binary';

/** How bytes of a media type are read and written. */
export function kindOf(mediaType: string): BodyKind {
  const type = essence(mediaType);
  if (type === 'application/json' || type.endsWith('+json')) return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type.startsWith('multipart/')) return 'multipart';
  if (type === 'text/event-stream') return 'events';
  if (JSON_LINES.test(type)) return 'lines';
  return type.startsWith('text/') || /[/+](xml|yaml)$/.test(type) ? 'text' : 'binary';
}

/** The declared media type that covers a given one: itself, else its range, else any. */
export function matchMediaType(given: string, declared: readonly string[]): string | undefined {
  const type = essence(given);
  const range = `${type.slice(0, type.indexOf('/'))}/*`;
  return (
    declared.find((candidate) => essence(candidate) === type) ??
    declared.find((candidate) => essence(candidate) === range) ??
    declared.find((candidate) => essence(candidate) === '*/*')
  );
}
