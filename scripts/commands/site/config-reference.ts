import { readFileSync } from 'node:fs';
import { type InterfaceDeclaration, Project, type PropertySignature, type TypeAliasDeclaration } from 'ts-morph';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ').trim();

type Declared = TypeAliasDeclaration | InterfaceDeclaration;

const propertiesOf = (declared: Declared): readonly PropertySignature[] => {
  const node =
    declared.getKindName() === 'TypeAliasDeclaration' ? (declared as TypeAliasDeclaration).getTypeNode() : declared;
  return (node as unknown as { getProperties?: () => PropertySignature[] })?.getProperties?.() ?? [];
};

function rows(properties: readonly PropertySignature[], path: string): readonly string[] {
  return properties.flatMap((property) => {
    const name = `${path}${property.getName()}`;
    const node = property.getTypeNode();
    const inner =
      (node as unknown as { getProperties?: () => PropertySignature[] } | undefined)?.getProperties?.() ?? [];
    const docs = property
      .getJsDocs()
      .map((doc) => doc.getDescription())
      .join(' ');
    const type = inner.length > 0 ? 'object' : (node?.getText() ?? '').replaceAll('readonly ', '');
    return [`| \`${name}\` | \`${cell(type).replaceAll('&lt;', '<')}\` | ${cell(docs)} |`, ...rows(inner, `${name}.`)];
  });
}

const TITLES: readonly (readonly [type: string, title: string, at: string])[] = [
  ['Config', 'The file', ''],
  ['ProviderConfig', 'Settings of a provider', 'providers.<name>.'],
  ['ReleaseConfig', 'Settings of releases', 'release.'],
];

/** The page of `countersign.config.ts`, from its type and the comments on it. */
export function configReference(file: string): string {
  const source = new Project({ useInMemoryFileSystem: true }).createSourceFile('types.ts', readFileSync(file, 'utf8'));
  const sections = TITLES.map(([name, title, at]) => {
    const table = [
      '| setting | type | description |',
      '| --- | --- | --- |',
      ...rows(propertiesOf(source.getTypeAliasOrThrow(name)), at),
    ];
    return `## ${title}\n\n${table.join('\n')}`;
  });
  const head = [
    '# Configuration',
    '`countersign.config.ts` exports the settings of a workspace. Every setting has a default, and the file is optional.',
    "```ts\nimport { defineConfig } from 'countersign';\n\nexport default defineConfig({\n  scope: '@acme',\n  providers: { petstore: { hooks: true } },\n});\n```",
  ];
  return `${[...head, ...sections].join('\n\n')}\n`;
}
