import type { Carrier } from '../contract/index.ts';
import { type CarrierSource, readCarrierValues, readFirstValue } from '../signing/index.ts';

/** The value of a carrier, without its prefix; undefined if it is missing, empty, or has a different prefix. */
export const readCarrier = (call: CarrierSource, carrier: Carrier): string | undefined =>
  readFirstValue(call, carrier) ?? undefined;

/** The first carrier whose value lacks the carrier's prefix, such as the credential of another scheme. */
export const wrongCarrier = (call: CarrierSource, carriers: readonly Carrier[]): Carrier | undefined =>
  carriers.find((carrier) => readCarrierValues(call, carrier) === 'wrong');

/** The value of the first carrier that is not empty. */
export function readCarriers(call: CarrierSource, carriers: readonly Carrier[]): string | undefined {
  for (const carrier of carriers) {
    const text = readCarrier(call, carrier);
    if (text !== undefined) return text;
  }
  return undefined;
}
