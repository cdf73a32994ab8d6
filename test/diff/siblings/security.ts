import type { Json } from '../json.ts';
import { operation, type Row } from './row.ts';

const scopes = { read: 'Read.', write: 'Write.', admin: 'Everything.' };
const flows = { clientCredentials: { tokenUrl: 'https://a.invalid/token', scopes } };
const components: Json = {
  securitySchemes: { one: { type: 'oauth2', flows }, other: { type: 'http', scheme: 'bearer' } },
};
const one = (...asked: readonly string[]): Json => ({ one: asked });
const ways = (...security: readonly Json[]): Json => ({ security });

/** The scopes that an operation requires. */
export const security: readonly Row[] = [
  operation('the scopes are in another order', ways(one('read', 'write')), ways(one('write', 'read')), 'nn', {
    components,
  }),
  operation('one more scope', ways(one('read')), ways(one('read', 'write')), 'Mm', {
    components,
    says: 'requires the scopes `read`, `write` of one, before `read`',
  }),
  operation('the first scope', ways(one()), ways(one('read')), 'Mm', {
    components,
    says: 'requires the scopes `read` of one, before none',
  }),
  operation('one scope less', ways(one('read', 'write')), ways(one('read')), 'mM', {
    components,
    says: 'requires the scopes `read` of one, before `read`, `write`',
  }),
  operation('another scope', ways(one('read')), ways(one('write')), 'MM', { components }),
  operation('an alternative with fewer scopes', ways(one('admin')), ways(one('admin'), one('read')), 'mM', {
    components,
  }),
  operation('an alternative with more scopes', ways(one('read')), ways(one('read'), one('read', 'admin')), 'nn', {
    components,
  }),
  operation('one of two alternatives is removed', ways(one('read'), one('admin')), ways(one('read')), 'Mm', {
    components,
  }),
  operation(
    'scopes of an alternative beside another scheme',
    ways(one('read'), { other: [] }),
    ways(one('write'), { other: [] }),
    'MM',
    { components },
  ),
  operation(
    'a scope of two schemes together',
    ways({ one: ['read'], other: [] }),
    ways({ other: [], one: ['read', 'write'] }),
    'Mm',
    { components },
  ),
];
