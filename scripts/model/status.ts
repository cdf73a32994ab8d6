/** A key of `responses` in our notation (`200`, `4XX`, `default`); undefined for an invalid one. */
export function statusKey(key: string): string | undefined {
  if (/^default$/i.test(key)) return 'default';
  return /^[1-5](\d\d|xx)$/i.test(key) ? key.toUpperCase() : undefined;
}
