import type { SignatureScheme } from '@countersign/runtime/contract';
import { checkVector, type Signer } from '@countersign/runtime/signing';
import { describe, expect, it } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { chooseProviders, openWorkspace, specFile } from '../../scripts/config/workspace.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { SigningVector } from '../../scripts/model/types.ts';

/** Every vector of every spec, with the signer that the generated package uses for its scheme. */
type Row = {
  readonly name: string;
  readonly scheme: SignatureScheme;
  readonly vector: SigningVector;
  readonly signer: Signer;
};

const workspace = openWorkspace(process.cwd());
const rows: Row[] = [];
for (const provider of await chooseProviders(workspace, [])) {
  const api = buildApi(expandDocument(await bundleSpec(await loadSpec(specFile(workspace, provider)))), provider);
  const { signers } = (await import(`../../generated/${provider}/src/plugins.ts`)) as {
    readonly signers: Readonly<Record<string, Signer>>;
  };
  for (const { descriptor, vectors } of api.securitySchemes) {
    const signer = signers[descriptor.name];
    if (descriptor.kind !== 'signature' || signer === undefined) continue;
    vectors.forEach((vector, index) => {
      const name = `${provider} ${descriptor.name}: ${vector.description ?? `vector ${index + 1}`}`;
      rows.push({ name, scheme: descriptor, vector, signer });
    });
  }
}

describe('test vectors of the specs', () => {
  it('cover both providers that sign', () => {
    expect(rows.filter(({ name }) => name.startsWith('dicey-fun')).length).toBeGreaterThanOrEqual(1);
    expect(rows.filter(({ name }) => name.startsWith('moonpacket')).length).toBeGreaterThanOrEqual(3);
  });

  it.each(rows)('$name', async ({ scheme, vector, signer }) => {
    expect(await checkVector(scheme, signer, vector, 'https://vector.test')).toBe(undefined);
  });
});
