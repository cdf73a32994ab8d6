/** A key of `responses` as we write it (`200`, `4XX`, `default`); undefined for what is none. */
export function statusKey(key: string): string | undefined {
  if (/^default$/i.test(key)) return 'default';
  return /^[1-5](\d\d|xx)$/i.test(key) ? key.toUpperCase() : undefined;
}
