import type { Case, Group } from './groups.ts';

/** Schemas that the suite serves at an address that is not their `$id`. */
const MOVED = ['different-id-ref-string.json', 'urn-ref-string.json', 'nested-absolute-ref-to-string.json'];

/** Why the components of one OpenAPI document cannot express a test, or why we differ intentionally. */
export function whyLeftOut(group: Group, test: Case): string | undefined {
  const text = JSON.stringify(group.schema);
  if (text.includes('localhost:1234/draft2020-12/metaschema-')) {
    return 'speaks another dialect by `$schema`; all components of a document speak one';
  }
  if (MOVED.some((name) => text.includes(name))) {
    return 'finds a schema at an address that is not its `$id`; a component has no other address';
  }
  if (group.file === 'format' && test.description.includes('is only an annotation by default')) {
    return 'wants the known formats to be annotations; we assert them (2020-12, 7.2.2, and OpenAPI’s own)';
  }
  return undefined;
}
