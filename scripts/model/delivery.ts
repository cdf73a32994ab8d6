import { type Code, type DeliveryDescriptor, parsePointer } from '@countersign/runtime/contract';
import { asNode, asText } from './reader.ts';
import { buildCarrier } from './security.ts';

/** `x-cs-delivery`; undefined if the operation has none. */
export function buildDelivery(value: unknown): DeliveryDescriptor | undefined {
  if (value === undefined) return undefined;
  const { remember, busy, retries, ...place } = asNode(value);
  const { pointer, ...carrier } = buildCarrier(place);
  // A top-level property is referred to by its name, like a field of a form.
  const isDeep = typeof pointer === 'string' && parsePointer(pointer).length !== 1;
  return {
    ...(asText(place.in) !== '' && { carrier: { ...carrier, ...(isDeep && { pointer }) } }),
    ...(Array.isArray(retries) && { retries: retries as readonly number[] }),
    ...(typeof remember === 'number' && { remember }),
    ...(busy !== undefined && { busy: busy as Code }),
  };
}
