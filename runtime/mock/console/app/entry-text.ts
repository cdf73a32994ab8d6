import type { LogEntry } from '../../log.ts';
import { pretty } from './code-block.tsx';

/** The time of an entry: `14:03:59`. */
export const timeOf = ({ at }: LogEntry): string => new Date(at).toLocaleTimeString([], { hour12: false });

/** The result of an entry: `200 · code 403`. */
export const resultOf = ({ status, code }: LogEntry): string =>
  `${status === 0 ? 'no response' : status}${code !== undefined && code !== String(status) ? ` · code ${code}` : ''}`;

const headersOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

/** The whole request as text. */
export const requestText = ({ method, path, request }: LogEntry): string =>
  [`${method} ${path}`, headersOf(request.headers), '', pretty(request.body)].join('\n').trim();

/** The whole response as text. */
export const responseText = ({ response }: LogEntry): string =>
  [headersOf(response.headers), '', pretty(response.body)].join('\n').trim();
