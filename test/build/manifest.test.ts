import { describe, expect, it } from 'vitest';
import { type ManifestOptions, publishedManifest } from '../../scripts/commands/build/manifest.ts';

const source = {
  name: '@shops/acme',
  description: 'Acme',
  license: 'MIT',
  private: true,
  version: '0.1.0',
  exports: { '.': './src/index.ts' },
  engines: { node: '>=20' },
  peerDependencies: {},
  peerDependenciesMeta: {},
};
const publish = (project: ManifestOptions['project']): object => {
  const recorded = { signers: {}, unknownKeys: 'strip' as const };
  return publishedManifest(source, { version: '1.2.3', recorded, project, directory: 'generated/acme' });
};

describe('the published package.json', () => {
  it.each([
    [{}, { license: 'UNLICENSED' }],
    [{ license: 'Apache-2.0' }, { license: 'Apache-2.0' }],
    [
      { repository: 'github:shops/apis' },
      { repository: { type: 'git', url: 'github:shops/apis', directory: 'generated/acme' } },
    ],
    [
      { repository: { type: 'git', url: 'https://git.invalid/apis.git' } },
      { repository: { type: 'git', url: 'https://git.invalid/apis.git', directory: 'generated/acme' } },
    ],
  ])('has the licence and the repository of a workspace with %j', (project, want) => {
    expect(publish(project)).toMatchObject(want);
  });

  it('keeps what the next release compares and no schema shows', () => {
    expect(publish({})).toMatchObject({ version: '1.2.3', countersign: { signers: {}, unknownKeys: 'strip' } });
  });
});
