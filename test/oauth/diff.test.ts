import { expect, test } from 'vitest';
import { compareOAuth } from '../../scripts/commands/diff/compare-oauth.ts';

const one = { flows: { clientCredentials: { tokenUrl: 'https://a.example/t', scopes: ['read', 'write'] } } };
const flow = (more: object) => ({ flows: { clientCredentials: { ...one.flows.clientCredentials, ...more } } });
const password = { tokenUrl: 'https://a.example/t', scopes: [] };

const rows = [
  { name: 'nothing', before: one, after: one, bumps: [] },
  { name: 'scopes in another order', before: one, after: flow({ scopes: ['write', 'read'] }), bumps: [] },
  { name: 'a new scope', before: one, after: flow({ scopes: ['read', 'write', 'admin'] }), bumps: ['minor'] },
  { name: 'a removed scope', before: one, after: flow({ scopes: ['read'] }), bumps: ['major'] },
  { name: 'another tokenUrl', before: one, after: flow({ tokenUrl: 'https://b.example/t' }), bumps: ['major'] },
  { name: 'a new refreshUrl', before: one, after: flow({ refreshUrl: 'https://a.example/r' }), bumps: ['minor'] },
  { name: 'a new flow', before: one, after: { flows: { ...one.flows, password } }, bumps: ['minor'] },
  { name: 'a removed flow', before: { flows: { ...one.flows, password } }, after: one, bumps: ['major'] },
  { name: 'new metadata', before: one, after: { ...one, metadataUrl: 'https://a.example/m' }, bumps: ['minor'] },
  { name: 'removed metadata', before: { ...one, metadataUrl: 'https://a.example/m' }, after: one, bumps: ['major'] },
  { name: 'OAuth in place of a plain token', before: undefined, after: one, bumps: ['minor'] },
  { name: 'a plain token in place of OAuth', before: one, after: undefined, bumps: ['major'] },
];

test.each(rows)('$name', ({ before, after, bumps }) => {
  const found: string[] = [];
  compareOAuth(before, after, (bump) => void found.push(bump));
  expect(found).toEqual(bumps);
});
