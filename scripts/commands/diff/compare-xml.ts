import type { OperationDescriptor, XmlNode, XmlRoots } from '@countersign/runtime/contract';
import { asCode } from './as-code.ts';
import type { Both, Tell } from './types.ts';

/** Compares how values are written as XML. What the values are is compared by their schemas. */
export function compareXml({ before, after }: Both<OperationDescriptor>, tell: Tell): void {
  compareRoots('request', before.body?.xml, after.body?.xml, tell);
  for (const { status, xml } of after.responses) {
    const was = before.responses.find((response) => response.status === status);
    compareRoots(`response ${status}`, was?.xml, xml, tell);
  }
}

function compareRoots(where: string, before: XmlRoots | undefined, after: XmlRoots | undefined, tell: Tell): void {
  for (const [mediaType, node] of Object.entries(after ?? {})) {
    const was = before?.[mediaType];
    if (was && !writesAlike(was, node))
      tell('major', `${where}: the XML of ${asCode(mediaType)} is written differently`);
  }
}

/** CDATA and escaped text are the same text for who reads them. */
const placeOf = ({ name, namespace = '', attribute, text, none }: XmlNode): string =>
  JSON.stringify(text || none ? [text, none] : [name, namespace, attribute]);

/** Whether the properties that both have are written alike. */
function writesAlike(before: XmlNode, after: XmlNode): boolean {
  if (placeOf(before) !== placeOf(after)) return false;
  const [old, now] = [before.shape, after.shape];
  if (old.kind === 'list' && now.kind === 'list') return old.wrapped === now.wrapped && writesAlike(old.item, now.item);
  if (old.kind !== 'object' || now.kind !== 'object') return true;
  return Object.entries(now.properties).every(([name, node]) => {
    const was = Object.hasOwn(old.properties, name) ? old.properties[name] : undefined;
    return was === undefined || writesAlike(was, node);
  });
}
