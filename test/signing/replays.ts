/**
 * The effect of a second, identical request, by preset. Each preset must be listed.
 *
 * - `rejected`: its nonce was used
 * - `handled once`: the signing scheme has a message id, and the second request gets the first response
 * - `event handled once`: the same for a webhook, by the id of its delivery
 * - `until it is old`: accepted while its timestamp is within the tolerance
 * - `always`: the scheme signs no time, nonce or message id
 */
export const replays = {
  acs3: 'rejected',
  adyen: 'always',
  'alipay-rsa2': 'until it is old',
  'aws-sigv4': 'until it is old',
  binance: 'until it is old',
  bybit: 'until it is old',
  'coinbase-exchange': 'until it is old',
  'coinbase-jwt': 'rejected',
  discord: 'until it is old',
  github: 'event handled once',
  hmac: 'rejected',
  kraken: 'rejected',
  line: 'always',
  md5: 'rejected',
  meta: 'always',
  oauth1: 'rejected',
  okx: 'until it is old',
  paddle: 'event handled once',
  paypal: 'event handled once',
  paystack: 'always',
  razorpay: 'event handled once',
  rfc9421: 'rejected',
  shopify: 'event handled once',
  slack: 'event handled once',
  square: 'event handled once',
  'standard-webhooks': 'handled once',
  'standard-webhooks-v1a': 'handled once',
  stripe: 'event handled once',
  tc3: 'until it is old',
  telegram: 'until it is old',
  twilio: 'event handled once',
  'wallet-form-hash': 'always',
  'wallet-json-sign': 'rejected',
  'wechatpay-v3': 'rejected',
  zoom: 'until it is old',
} as const;

/** Of a request, its copy, and a copy after two days: the statuses, and how often the handler ran. */
export const outcomes = {
  rejected: { statuses: [200, 401, 401], runs: 1 },
  'handled once': { statuses: [200, 200, 401], runs: 1 },
  'until it is old': { statuses: [200, 200, 401], runs: 2 },
  always: { statuses: [200, 200, 200], runs: 3 },
  /** A timestamp ends the time in which a copy is accepted. Without one, the id is remembered for three days. */
  'event handled once': { statuses: [200, 200, 200], runs: 1 },
} as const;
