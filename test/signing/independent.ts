/**
 * The schemes of the catalogue, implemented again from the providers' documents with node:crypto over raw bytes, to
 * compare with our recipes. Nothing here comes from the runtime.
 */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomUUID,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { crc32 } from 'node:zlib';

export type Wire = { method: string; url: string; headers: Record<string, string>; body: Buffer };
export type Keys = Readonly<Record<string, string>>;
/** Unix milliseconds. */
type Prepare = (wire: Wire, keys: Keys, now: number, nonce: string) => void;

export type Independent = {
  /** Adds everything except the signature. */
  readonly prepare?: Prepare;
  readonly message: (wire: Wire, keys: Keys) => Buffer | string;
  readonly make: (message: Buffer, keys: Keys, wire: Wire) => string;
  /** Without it, `make` runs again. */
  readonly check?: (message: Buffer, signature: string, keys: Keys) => boolean;
  readonly put: (wire: Wire, signature: string) => void;
  readonly get: (wire: Wire) => string;
};

const hex = (buffer: Buffer): string => buffer.toString('hex');
const b64 = (buffer: Buffer): string => buffer.toString('base64');
const seconds = (now: number): string => String(Math.floor(now / 1000));
const hmac = (name: string, key: string | Buffer, data: string | Buffer): Buffer =>
  createHmac(name, key).update(data).digest();
const hash = (name: string, data: string | Buffer): Buffer => createHash(name).update(data).digest();
const url = (wire: Wire): URL => new URL(wire.url);
const target = (wire: Wire): string => url(wire).pathname + url(wire).search;
const cat = (...parts: (string | Buffer)[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const form = (wire: Wire): [string, string][] => [...new URLSearchParams(wire.body.toString())];
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const sortedQuery = (wire: Wire): string =>
  [...url(wire).searchParams]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&');
const header = (name: string, prefix = '') => ({
  put: (wire: Wire, signature: string) => setHeader(wire, name, prefix + signature),
  get: (wire: Wire) => {
    const text = wire.headers[name.toLowerCase()] ?? '';
    return text.startsWith(prefix) ? text.slice(prefix.length) : '';
  },
});
const setHeader = (wire: Wire, name: string, value: string): void => {
  wire.headers[name.toLowerCase()] = value;
};
const setQuery = (wire: Wire, name: string, value: string): void => {
  wire.url += `${wire.url.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;
};
const setForm = (wire: Wire, name: string, value: string): void => {
  const pairs = new URLSearchParams(wire.body.toString());
  pairs.set(name, value);
  wire.body = Buffer.from(pairs.toString());
};
const setJson = (wire: Wire, name: string, value: unknown): void => {
  wire.body = Buffer.from(JSON.stringify({ ...(JSON.parse(wire.body.toString()) as object), [name]: value }));
};
const bodyHmac = (name: string, key: string, form: (b: Buffer) => string) => ({
  message: (wire: Wire) => wire.body,
  make: (message: Buffer, keys: Keys) => form(hmac(name, keys[key] ?? '', message)),
});
const packed = (
  name: string,
  time: string,
  separator: string,
  signature: string,
  prepare?: Prepare,
): Pick<Independent, 'prepare' | 'put' | 'get'> => ({
  prepare: prepare ?? ((wire, _, now) => setHeader(wire, name, `${time}=${seconds(now)}`)),
  put: (wire, made) => setHeader(wire, name, `${wire.headers[name.toLowerCase()]}${separator}${signature}=${made}`),
  get: (wire) =>
    new RegExp(`(?:^|[${separator} ])${signature}=([^${separator}]*)`).exec(
      wire.headers[name.toLowerCase()] ?? '',
    )?.[1] ?? '',
});
const timeOf = (wire: Wire, name: string, key: string): string =>
  new RegExp(`(?:^|[,; ])${key}="?(\\d+)`).exec(wire.headers[name.toLowerCase()] ?? '')?.[1] ?? '';

const seedKey = (bytes: Buffer): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytes.subarray(0, 32)]),
    format: 'der',
    type: 'pkcs8',
  });
const rawPublic = (bytes: Buffer): KeyObject =>
  createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes]),
    format: 'der',
    type: 'spki',
  });
const pem = (key: string) => ({
  make: (message: Buffer, keys: Keys) => b64(signBytes('sha256', message, createPrivateKey(keys[key] ?? ''))),
  check: (message: Buffer, signature: string, keys: Keys) =>
    verifyBytes('sha256', message, createPublicKey(keys[`${key}.public`] ?? ''), Buffer.from(signature, 'base64')),
});

const hub = (key: string): Independent => ({
  ...bodyHmac('sha256', key, hex),
  ...header('X-Hub-Signature-256', 'sha256='),
});
const v0 = (name: string, time: string, key: string): Independent => ({
  prepare: (wire, _, now) => setHeader(wire, time, seconds(now)),
  message: (wire) => cat(`v0:${wire.headers[time.toLowerCase()]}:`, wire.body),
  make: (message, keys) => hex(hmac('sha256', keys[key] ?? '', message)),
  ...header(name, 'v0='),
});
const exchange = (
  time: string,
  write: (now: number) => string,
  signature: string,
  key: string,
  form: 'utf8' | 'base64',
  sent: Keys,
): Independent => ({
  prepare: (wire, keys, now) => {
    setHeader(wire, time, write(now));
    for (const [name, credential] of Object.entries(sent)) setHeader(wire, name, keys[credential] ?? '');
  },
  message: (wire) => cat(wire.headers[time.toLowerCase()] ?? '', wire.method, target(wire), wire.body),
  make: (message, keys) => b64(hmac('sha256', Buffer.from(keys[key] ?? '', form), message)),
  ...header(signature),
});
const webhook = (prefix: string): Pick<Independent, 'prepare' | 'message' | 'put' | 'get'> => ({
  prepare: (wire, _, now) => {
    setHeader(wire, 'webhook-id', wire.headers['webhook-id'] ?? `msg_${randomUUID()}`);
    setHeader(wire, 'webhook-timestamp', seconds(now));
  },
  message: (wire) => cat(`${wire.headers['webhook-id']}.${wire.headers['webhook-timestamp']}.`, wire.body),
  ...header('webhook-signature', prefix),
});
const cloud = (
  name: string,
  credential: (keys: Keys, wire: Wire) => string,
  signed: string,
  separator: string,
): Pick<Independent, 'put' | 'get'> & { readonly open: Prepare } => ({
  open: (wire, keys) =>
    setHeader(wire, 'authorization', `${name} Credential=${credential(keys, wire)}${separator}SignedHeaders=${signed}`),
  put: (wire, signature) =>
    setHeader(wire, 'authorization', `${wire.headers.authorization}${separator}Signature=${signature}`),
  get: (wire) => /Signature=([0-9a-f]+)$/.exec(wire.headers.authorization ?? '')?.[1] ?? '',
});
const derive = (first: string, ...steps: string[]): Buffer =>
  steps.reduce<Buffer>((key, step) => hmac('sha256', key, step), Buffer.from(first));
const isoDay = (unix: string): string => new Date(Number(unix) * 1000).toISOString().slice(0, 10);
const compact = (now: number): string => new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');

const sigv4 = cloud(
  'AWS4-HMAC-SHA256',
  (keys, wire) =>
    `${keys.accessKey}/${wire.headers['x-amz-date']?.slice(0, 8)}/${keys.region}/${keys.service}/aws4_request`,
  'host;x-amz-date',
  ', ',
);
const ACS = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';
const acs3 = cloud('ACS3-HMAC-SHA256', (keys) => keys.accessKey ?? '', ACS, ',');
const tc3 = cloud(
  'TC3-HMAC-SHA256',
  (keys, wire) => `${keys.secretId}/${isoDay(wire.headers['x-tc-timestamp'] ?? '')}/${keys.service}/tc3_request`,
  'content-type;host',
  ', ',
);
const oauthPairs = (wire: Wire): [string, string][] =>
  [...(wire.headers.authorization ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    decodeURIComponent(value),
  ]);
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const walletText = (wire: Wire): string =>
  Object.entries(JSON.parse(wire.body.toString()) as Record<string, unknown>)
    .filter(([name, value]) => name !== 'sign' && value !== '' && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
const adyenAt = (wire: Wire) =>
  (
    JSON.parse(wire.body.toString()) as {
      notificationItems: [
        {
          NotificationRequestItem: Record<string, never> & {
            additionalData: Record<string, string>;
            amount: Record<string, never>;
          };
        },
      ];
    }
  ).notificationItems[0].NotificationRequestItem;

export const INDEPENDENT: { readonly [preset: string]: Independent } = {
  github: hub('secret'),
  meta: hub('appSecret'),
  slack: v0('X-Slack-Signature', 'X-Slack-Request-Timestamp', 'signingSecret'),
  zoom: v0('x-zm-signature', 'x-zm-request-timestamp', 'secretToken'),
  stripe: {
    ...packed('Stripe-Signature', 't', ',', 'v1'),
    message: (wire) => cat(`${timeOf(wire, 'Stripe-Signature', 't')}.`, wire.body),
    make: (message, keys) => hex(hmac('sha256', keys.secret ?? '', message)),
  },
  paddle: {
    ...packed('Paddle-Signature', 'ts', ';', 'h1'),
    message: (wire) => cat(`${timeOf(wire, 'Paddle-Signature', 'ts')}:`, wire.body),
    make: (message, keys) => hex(hmac('sha256', keys.secret ?? '', message)),
  },
  shopify: { ...bodyHmac('sha256', 'clientSecret', b64), ...header('X-Shopify-Hmac-Sha256') },
  line: { ...bodyHmac('sha256', 'channelSecret', b64), ...header('x-line-signature') },
  paystack: { ...bodyHmac('sha512', 'secretKey', hex), ...header('x-paystack-signature') },
  razorpay: { ...bodyHmac('sha256', 'webhookSecret', hex), ...header('X-Razorpay-Signature') },
  twilio: {
    message: (wire) =>
      wire.url +
      form(wire)
        .map((pair) => pair.join(''))
        .sort()
        .join(''),
    make: (message, keys) => b64(hmac('sha1', keys.authToken ?? '', message)),
    ...header('X-Twilio-Signature'),
  },
  square: {
    message: (wire) => cat(wire.url, wire.body),
    make: (message, keys) => b64(hmac('sha256', keys.signatureKey ?? '', message)),
    ...header('x-square-hmacsha256-signature'),
  },
  'standard-webhooks': {
    ...webhook('v1,'),
    make: (message, keys) =>
      b64(hmac('sha256', Buffer.from((keys.secret ?? '').replace(/^whsec_/, ''), 'base64'), message)),
  },
  'standard-webhooks-v1a': {
    ...webhook('v1a,'),
    make: (message, keys) =>
      b64(signBytes(null, message, seedKey(Buffer.from((keys.key ?? '').replace(/^whsk_/, ''), 'base64')))),
    check: (message, signature, keys) =>
      verifyBytes(
        null,
        message,
        rawPublic(Buffer.from((keys['key.public'] ?? '').replace(/^whpk_/, ''), 'base64')),
        Buffer.from(signature, 'base64'),
      ),
  },
  discord: {
    prepare: (wire, _, now) => setHeader(wire, 'X-Signature-Timestamp', seconds(now)),
    message: (wire) => cat(wire.headers['x-signature-timestamp'] ?? '', wire.body),
    make: (message, keys) => hex(signBytes(null, message, seedKey(Buffer.from(keys.publicKey ?? '', 'hex')))),
    check: (message, signature, keys) =>
      verifyBytes(
        null,
        message,
        rawPublic(Buffer.from(keys['publicKey.public'] ?? '', 'hex')),
        Buffer.from(signature, 'hex'),
      ),
    ...header('X-Signature-Ed25519'),
  },
  telegram: {
    prepare: (wire, _, now) => setQuery(wire, 'auth_date', seconds(now)),
    message: (wire) =>
      [...url(wire).searchParams]
        .filter(([name]) => name !== 'hash')
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('\n'),
    make: (message, keys) => hex(hmac('sha256', hash('sha256', keys.botToken ?? ''), message)),
    put: (wire, signature) => setQuery(wire, 'hash', signature),
    get: (wire) => url(wire).searchParams.get('hash') ?? '',
  },
  adyen: {
    message: (wire) => {
      const item = adyenAt(wire);
      return [
        item.pspReference,
        item.originalReference ?? '',
        item.merchantAccountCode,
        item.merchantReference,
        item.amount.value,
        item.amount.currency,
        item.eventCode,
        item.success,
      ].join(':');
    },
    make: (message, keys) => b64(hmac('sha256', Buffer.from(keys.hmacKey ?? '', 'hex'), message)),
    put: (wire, signature) => {
      const body = JSON.parse(wire.body.toString());
      body.notificationItems[0].NotificationRequestItem.additionalData.hmacSignature = signature;
      wire.body = Buffer.from(JSON.stringify(body));
    },
    get: (wire) => adyenAt(wire).additionalData.hmacSignature ?? '',
  },
  paypal: {
    prepare: (wire, _, now) => {
      setHeader(wire, 'PAYPAL-TRANSMISSION-ID', wire.headers['paypal-transmission-id'] ?? randomUUID());
      setHeader(wire, 'PAYPAL-TRANSMISSION-TIME', new Date(now).toISOString().replace(/\.\d+/, ''));
    },
    message: (wire, keys) =>
      [
        wire.headers['paypal-transmission-id'],
        wire.headers['paypal-transmission-time'],
        keys.webhookId,
        crc32(wire.body),
      ].join('|'),
    ...pem('certificate'),
    ...header('PAYPAL-TRANSMISSION-SIG'),
  },
  binance: {
    prepare: (wire, keys, now) => {
      setHeader(wire, 'X-MBX-APIKEY', keys.apiKey ?? '');
      setQuery(wire, 'recvWindow', '5000');
      setQuery(wire, 'timestamp', String(now));
    },
    message: (wire) => cat(wire.url.split('?')[1]?.replace(/&signature=.*/, '') ?? '', wire.body),
    make: (message, keys) => hex(hmac('sha256', keys.secretKey ?? '', message)),
    put: (wire, signature) => setQuery(wire, 'signature', signature),
    get: (wire) => url(wire).searchParams.get('signature') ?? '',
  },
  bybit: {
    prepare: (wire, keys, now) => {
      setHeader(wire, 'X-BAPI-API-KEY', keys.apiKey ?? '');
      setHeader(wire, 'X-BAPI-TIMESTAMP', String(now));
      setHeader(wire, 'X-BAPI-RECV-WINDOW', '5000');
    },
    message: (wire, keys) =>
      cat(
        wire.headers['x-bapi-timestamp'] ?? '',
        keys.apiKey ?? '',
        wire.headers['x-bapi-recv-window'] ?? '',
        url(wire).search.slice(1),
        wire.body,
      ),
    make: (message, keys) => hex(hmac('sha256', keys.secret ?? '', message)),
    ...header('X-BAPI-SIGN'),
  },
  okx: exchange('OK-ACCESS-TIMESTAMP', (now) => new Date(now).toISOString(), 'OK-ACCESS-SIGN', 'secretKey', 'utf8', {
    'OK-ACCESS-KEY': 'apiKey',
    'OK-ACCESS-PASSPHRASE': 'passphrase',
  }),
  'coinbase-exchange': exchange('CB-ACCESS-TIMESTAMP', seconds, 'CB-ACCESS-SIGN', 'secret', 'base64', {
    'CB-ACCESS-KEY': 'apiKey',
    'CB-ACCESS-PASSPHRASE': 'passphrase',
  }),
  kraken: {
    // Larger for each request, also for two of one millisecond.
    prepare: (wire, keys, now, nonce) => {
      setHeader(wire, 'API-Key', keys.apiKey ?? '');
      setForm(wire, 'nonce', String(now * 1000 + (Number(nonce.slice(-8)) % 1000)));
    },
    message: (wire) =>
      cat(
        url(wire).pathname,
        hash('sha256', cat(new URLSearchParams(wire.body.toString()).get('nonce') ?? '', wire.body)),
      ),
    make: (message, keys) => b64(hmac('sha512', Buffer.from(keys.privateKey ?? '', 'base64'), message)),
    ...header('API-Sign'),
  },
  'coinbase-jwt': {
    prepare: (wire, keys, now, nonce) => {
      const at = Math.floor(now / 1000);
      const { host, pathname } = url(wire);
      const head = part({ alg: 'ES256', kid: keys.keyName, nonce, typ: 'JWT' });
      setHeader(
        wire,
        'x-draft',
        `${head}.${part({ iss: 'cdp', sub: keys.keyName, nbf: at, exp: at + 120, uri: `${wire.method} ${host}${pathname}` })}`,
      );
    },
    message: (wire) =>
      wire.headers['x-draft'] ?? (wire.headers.authorization ?? '').slice(7).split('.').slice(0, 2).join('.'),
    make: (message, keys) =>
      signBytes('sha256', message, {
        key: createPrivateKey(keys.privateKey ?? ''),
        dsaEncoding: 'ieee-p1363',
      }).toString('base64url'),
    check: (message, signature, keys) =>
      verifyBytes(
        'sha256',
        message,
        { key: createPublicKey(keys['privateKey.public'] ?? ''), dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      ),
    put: (wire, signature) => {
      setHeader(wire, 'authorization', `Bearer ${wire.headers['x-draft']}.${signature}`);
      delete wire.headers['x-draft'];
    },
    get: (wire) => (wire.headers.authorization ?? '').split('.')[2] ?? '',
  },
  'aws-sigv4': {
    prepare: (wire, keys, now, nonce) => {
      setHeader(wire, 'X-Amz-Date', compact(now));
      sigv4.open(wire, keys, now, nonce);
    },
    message: (wire, keys) => {
      const date = wire.headers['x-amz-date'] ?? '';
      const canonical = [
        wire.method,
        url(wire).pathname,
        sortedQuery(wire),
        `host:${url(wire).host}`,
        `x-amz-date:${date}`,
        '',
        'host;x-amz-date',
        hex(hash('sha256', wire.body)),
      ].join('\n');
      return [
        'AWS4-HMAC-SHA256',
        date,
        `${date.slice(0, 8)}/${keys.region}/${keys.service}/aws4_request`,
        hex(hash('sha256', canonical)),
      ].join('\n');
    },
    make: (message, keys, wire) =>
      hex(
        hmac(
          'sha256',
          derive(
            `AWS4${keys.secretKey}`,
            wire.headers['x-amz-date']?.slice(0, 8) ?? '',
            keys.region ?? '',
            keys.service ?? '',
            'aws4_request',
          ),
          message,
        ),
      ),
    put: sigv4.put,
    get: sigv4.get,
  },
  acs3: {
    prepare: (wire, keys, now, nonce) => {
      setHeader(wire, 'x-acs-date', new Date(now).toISOString().replace(/\.\d+/, ''));
      setHeader(wire, 'x-acs-signature-nonce', nonce);
      setHeader(wire, 'x-acs-content-sha256', hex(hash('sha256', wire.body)));
      acs3.open(wire, keys, now, nonce);
    },
    message: (wire) => {
      const lines = ACS.split(';').map(
        (name) => `${name}:${name === 'host' ? url(wire).host : (wire.headers[name] ?? '')}`,
      );
      const canonical = [
        wire.method,
        url(wire).pathname,
        sortedQuery(wire),
        ...lines,
        '',
        ACS,
        hex(hash('sha256', wire.body)),
      ].join('\n');
      return `ACS3-HMAC-SHA256\n${hex(hash('sha256', canonical))}`;
    },
    make: (message, keys) => hex(hmac('sha256', keys.secretKey ?? '', message)),
    put: acs3.put,
    get: acs3.get,
  },
  tc3: {
    prepare: (wire, keys, now, nonce) => {
      setHeader(wire, 'X-TC-Timestamp', seconds(now));
      tc3.open(wire, keys, now, nonce);
    },
    message: (wire, keys) => {
      const at = wire.headers['x-tc-timestamp'] ?? '';
      const canonical = [
        wire.method,
        url(wire).pathname,
        url(wire).search.slice(1),
        `content-type:${wire.headers['content-type']}`,
        `host:${url(wire).host}`,
        '',
        'content-type;host',
        hex(hash('sha256', wire.body)),
      ].join('\n');
      return ['TC3-HMAC-SHA256', at, `${isoDay(at)}/${keys.service}/tc3_request`, hex(hash('sha256', canonical))].join(
        '\n',
      );
    },
    make: (message, keys, wire) =>
      hex(
        hmac(
          'sha256',
          derive(
            `TC3${keys.secretKey}`,
            isoDay(wire.headers['x-tc-timestamp'] ?? ''),
            keys.service ?? '',
            'tc3_request',
          ),
          message,
        ),
      ),
    put: tc3.put,
    get: tc3.get,
  },
  'alipay-rsa2': {
    prepare: (wire, _, now) =>
      setForm(wire, 'timestamp', new Date(now + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')),
    message: (wire) =>
      form(wire)
        .filter(([name, value]) => name !== 'sign' && value !== '')
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('&'),
    ...pem('privateKey'),
    put: (wire, signature) => setForm(wire, 'sign', signature),
    get: (wire) => new URLSearchParams(wire.body.toString()).get('sign') ?? '',
  },
  'wechatpay-v3': {
    prepare: (wire, keys, now, nonce) =>
      setHeader(
        wire,
        'authorization',
        `WECHATPAY2-SHA256-RSA2048 mchid="${keys.mchid}",nonce_str="${nonce}",timestamp="${seconds(now)}",serial_no="${keys.serialNo}"`,
      ),
    message: (wire) => {
      const said = (name: string): string =>
        new RegExp(`${name}="([^"]*)"`).exec(wire.headers.authorization ?? '')?.[1] ?? '';
      return cat(`${wire.method}\n${target(wire)}\n${said('timestamp')}\n${said('nonce_str')}\n`, wire.body, '\n');
    },
    ...pem('privateKey'),
    put: (wire, signature) =>
      setHeader(wire, 'authorization', `${wire.headers.authorization},signature="${signature}"`),
    get: (wire) => /signature="([^"]*)"/.exec(wire.headers.authorization ?? '')?.[1] ?? '',
  },
  oauth1: {
    prepare: (wire, keys, now, nonce) =>
      setHeader(
        wire,
        'authorization',
        `OAuth oauth_consumer_key="${escaped(keys.consumerKey ?? '')}", oauth_token="${escaped(keys.token ?? '')}", oauth_signature_method="HMAC-SHA1", oauth_timestamp="${seconds(now)}", oauth_nonce="${nonce}"`,
      ),
    message: (wire) => {
      const all = [
        ...url(wire).searchParams,
        ...form(wire),
        ...oauthPairs(wire).filter(([name]) => name !== 'oauth_signature' && name !== 'realm'),
      ];
      const pairs = all
        .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
        .sort()
        .join('&');
      return [wire.method, url(wire).origin + url(wire).pathname, pairs].map(escaped).join('&');
    },
    make: (message, keys) =>
      b64(hmac('sha1', `${escaped(keys.consumerSecret ?? '')}&${escaped(keys.tokenSecret ?? '')}`, message)),
    put: (wire, signature) =>
      setHeader(wire, 'authorization', `${wire.headers.authorization}, oauth_signature="${escaped(signature)}"`),
    get: (wire) => oauthPairs(wire).find(([name]) => name === 'oauth_signature')?.[1] ?? '',
  },
  rfc9421: {
    prepare: (wire, keys, now, nonce) => {
      setHeader(wire, 'content-digest', `sha-256=:${b64(hash('sha256', wire.body))}:`);
      setHeader(
        wire,
        'signature-input',
        `sig1=("@method" "@target-uri" "content-digest");created=${seconds(now)};nonce="${nonce}";keyid="${keys.keyId}"`,
      );
    },
    message: (wire) =>
      [
        `"@method": ${wire.method}`,
        `"@target-uri": ${wire.url}`,
        `"content-digest": ${wire.headers['content-digest']}`,
        `"@signature-params": ${wire.headers['signature-input']?.slice(5)}`,
      ].join('\n'),
    make: (message, keys) => b64(signBytes(null, message, createPrivateKey(keys.privateKey ?? ''))),
    check: (message, signature, keys) =>
      verifyBytes(null, message, createPublicKey(keys['privateKey.public'] ?? ''), Buffer.from(signature, 'base64')),
    put: (wire, signature) => setHeader(wire, 'signature', `sig1=:${signature}:`),
    get: (wire) => /^sig1=:(.*):$/.exec(wire.headers.signature ?? '')?.[1] ?? '',
  },
  'wallet-form-hash': {
    prepare: (wire, keys) => setForm(wire, 'providerId', keys.providerId ?? ''),
    message: (wire, keys) =>
      form(wire)
        .filter(([name, value]) => name !== 'hash' && value !== '')
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('&') + keys.secretKey,
    make: (message) => hex(hash('md5', message)),
    put: (wire, signature) => setForm(wire, 'hash', signature),
    get: (wire) => new URLSearchParams(wire.body.toString()).get('hash') ?? '',
  },
  'wallet-json-sign': {
    prepare: (wire, keys, now, nonce) => {
      setJson(wire, 'timestamp', Math.floor(now / 1000));
      setJson(wire, 'nonce', nonce);
      setJson(wire, 'agentId', keys.agentId);
    },
    message: walletText,
    make: (message, keys) => hex(hmac('sha256', keys.secretKey ?? '', message)),
    put: (wire, signature) => setJson(wire, 'sign', signature),
    get: (wire) => (JSON.parse(wire.body.toString()) as { sign?: string }).sign ?? '',
  },
  hmac: {
    prepare: (wire, keys, now, nonce) => {
      setHeader(wire, 'X-Timestamp', seconds(now));
      setHeader(wire, 'X-Nonce', nonce);
      setHeader(wire, 'X-Api-Key', keys.apiKey ?? '');
    },
    message: (wire) =>
      cat(`${wire.headers['x-timestamp']}\n${wire.headers['x-nonce']}\n${wire.method}\n${target(wire)}\n`, wire.body),
    make: (message, keys) => hex(hmac('sha256', keys.secret ?? '', message)),
    ...header('X-Signature'),
  },
  md5: {
    prepare: (wire, keys, now, nonce) => {
      setHeader(wire, 'X-Timestamp', seconds(now));
      setHeader(wire, 'X-Nonce', nonce);
      setHeader(wire, 'X-Api-Key', keys.apiKey ?? '');
    },
    message: (wire, keys) =>
      cat(`${wire.headers['x-timestamp']}|${wire.headers['x-nonce']}|${target(wire)}|`, wire.body, `|${keys.secret}`),
    make: (message) => hex(hash('md5', message)),
    ...header('X-Sign'),
  },
};

/** Signs a request as the provider's document says. */
export function signIndependently(preset: string, wire: Wire, keys: Keys, now: number, nonce: string): Wire {
  const scheme = INDEPENDENT[preset];
  if (!scheme) throw new Error(`No independent ${preset}`);
  scheme.prepare?.(wire, keys, now, nonce);
  const message = Buffer.from(scheme.message(wire, keys) as string);
  scheme.put(wire, scheme.make(message, keys, wire));
  return wire;
}

/** Whether a received request is signed as the provider's document says. */
export function verifyIndependently(preset: string, wire: Wire, keys: Keys): boolean {
  const scheme = INDEPENDENT[preset];
  if (!scheme) throw new Error(`No independent ${preset}`);
  const message = Buffer.from(scheme.message(wire, keys) as string);
  const signature = scheme.get(wire);
  if (signature === '') return false;
  return scheme.check ? scheme.check(message, signature, keys) : scheme.make(message, keys, wire) === signature;
}
