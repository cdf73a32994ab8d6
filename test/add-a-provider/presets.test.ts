import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { presetNames } from '../../scripts/commands/init/presets.ts';
import { scaffoldProvider } from '../../scripts/commands/init/provider.ts';
import { openWorkspace, specFile, type Workspace } from '../../scripts/config/workspace.ts';
import { generate } from '../../scripts/generate/index.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

let workspace: Workspace;

beforeAll(async () => {
  workspace = openWorkspace(await mkdtemp(join(tmpdir(), 'countersign-presets-')));
  for (const name of presetNames) {
    const files = scaffoldProvider(workspace, { provider: name, signing: name, signer: false, imported: undefined });
    // A recipe needs no code but its test.
    expect(files.map(({ path }) => path)).toEqual([`specs/${name}/openapi.yaml`, `test/${name}.test.ts`]);
    for (const { path, text } of files) {
      await mkdir(dirname(join(workspace.root, path)), { recursive: true });
      await writeFile(join(workspace.root, path), text);
    }
  }
});
afterAll(() => rm(workspace.root, { recursive: true, force: true }));

test('each scheme of the catalogue has a preset', () => {
  const wanted = `github slack stripe shopify twilio standard-webhooks standard-webhooks-v1a paddle square line paystack
    razorpay zoom discord meta telegram adyen paypal binance bybit okx kraken coinbase-exchange coinbase-jwt aws-sigv4 acs3
    tc3 alipay-rsa2 wechatpay-v3 oauth1 rfc9421 wallet-form-hash wallet-json-sign hmac md5`;
  expect(presetNames).toEqual(wanted.split(/\s+/).sort());
});

test.each(presetNames)('the output of `add --signing %s` has no diagnostic', async (name) => {
  const found = await lintSpec(await loadSpec(specFile(workspace, name)));
  expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
});

test('the output of `add --signing` generates, with the vectors of each', async () => {
  const { problems, warnings, reports } = await generate(workspace);
  const told = [...problems, ...warnings].map(({ at, code, message }) => `${at.file} ${code}: ${message}`);
  expect(told).toEqual([]);
  expect(reports.map(({ provider, operations }) => [provider, operations])).toEqual(
    presetNames.map((name) => [name, 2]),
  );
}, 300_000);
