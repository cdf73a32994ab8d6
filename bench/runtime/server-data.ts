/** Data of both sides of the comparison. */
export const credentials = { apiKey: '1234567890', secret: 'mysecretkey' };

export const users = new Map(
  Array.from({ length: 100 }, (_, i) => [
    String(i),
    { level: i, status: 'active', is_blacklist: i % 10 === 0, kyc: true },
  ]),
);
