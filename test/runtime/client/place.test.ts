import { expect, test } from 'vitest';
import { place } from '../../../runtime/client/place.ts';
import type { Run, SignedRequest } from '../../../runtime/client/types.ts';

test.each([
  ['https://api.test/a', 'https://api.test/a?key=v%26w'],
  ['https://api.test/a?', 'https://api.test/a?key=v%26w'],
  ['https://api.test/a?b=1', 'https://api.test/a?b=1&key=v%26w'],
  ['https://api.test/a?b=1&', 'https://api.test/a?b=1&key=v%26w'],
  ['https://api.test/a?b=?', 'https://api.test/a?b=?&key=v%26w'],
  ['https://api.test/a?b=c?d=1', 'https://api.test/a?b=c?d=1&key=v%26w'],
  ['https://api.test/key=1?b=1', 'https://api.test/key=1?b=1&key=v%26w'],
  ['https://api.test/a?key=old', 'https://api.test/a?key=v%26w'],
  ['https://api.test/a?key', 'https://api.test/a?key=v%26w'],
  ['https://api.test/a?b=1&key=old&c=key', 'https://api.test/a?b=1&c=key&key=v%26w'],
  ['https://api.test/a?monkey=1&keys=2&b=key', 'https://api.test/a?monkey=1&keys=2&b=key&key=v%26w'],
  ['https://api.test/a?key=1&key=2', 'https://api.test/a?key=v%26w'],
])('masks a credential in the query of %s', (url, want) => {
  const request: SignedRequest = { url, headers: new Headers(), body: undefined, signatures: [] };
  place({ ctx: {} } as Run, request, { in: 'query', name: 'key' }, 'v&w');
  expect(request.url).toBe(want);
});
