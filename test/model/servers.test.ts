import { expect, test } from 'vitest';
import { defaultUrl } from '../../scripts/model/servers.ts';

test.each([
  ['https://api.shop.test/v1/', 'https://api.shop.test/v1'],
  ['//api.shop.test/v1', 'https://api.shop.test/v1'],
  ['//{region}.shop.test', 'https://eu.shop.test'],
  ['/v1', '/v1'],
  ['/', ''],
  ['//', ''],
])('the base URL of a client for the server %s is %s', (url, want) => {
  expect(defaultUrl({ url, variables: { region: { default: 'eu' } } })).toBe(want);
});
