/** Computes the CRC-32 of zlib and of PayPal's webhooks, as 4 bytes. */
export function crc32(data: Uint8Array): Uint8Array {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, ~sum >>> 0);
  return bytes;
}
