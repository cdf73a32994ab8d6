import type { PlannedFile } from './plan.ts';

/** The editors that `init --editor` writes settings for. */
export const EDITORS = ['vscode'] as const;
/** One of EDITORS. */
export type Editor = (typeof EDITORS)[number];

/**
 * How `lint` and `generate` print an error: the code and the message on one line, the location on the next.
 * @see scripts/common/diagnostics/report.ts
 */
const PROBLEM_MATCHER = {
  owner: 'countersign',
  source: 'countersign',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the editor replaces it
  fileLocation: ['relative', '${workspaceFolder}'],
  pattern: [
    { regexp: '^(error|warning)\\[([^\\]]+)\\]: (.*)$', severity: 1, code: 2, message: 3 },
    { regexp: '^\\s*--> (.*):(\\d+):(\\d+)$', file: 1, line: 2, column: 3 },
  ],
};

const SCHEMA = './node_modules/countersign/specs/x-cs.schema.json';

const task = (label: string, command: string, more: object = {}): object => ({
  label,
  type: 'shell',
  command,
  problemMatcher: PROBLEM_MATCHER,
  ...more,
});

const FILES: { readonly [Name in Editor]: { readonly [path: string]: object } } = {
  vscode: {
    '.vscode/settings.json': {
      'yaml.schemas': { [SCHEMA]: 'specs/*/openapi.yaml' },
      'json.schemas': [{ fileMatch: ['/specs/*/openapi.json'], url: SCHEMA }],
      // Otherwise, the editor would also apply a public OpenAPI schema, and list errors twice.
      'yaml.schemaStore.enable': false,
    },
    '.vscode/extensions.json': { recommendations: ['redhat.vscode-yaml'] },
    '.vscode/tasks.json': {
      version: '2.0.0',
      tasks: [
        task('countersign: lint', 'npx countersign lint'),
        task('countersign: generate', 'npx countersign generate', { group: { kind: 'build', isDefault: true } }),
      ],
    },
  },
};

/** Settings, tasks and a problem matcher of an editor. Existing files are kept. */
export const editorFiles = (editor: Editor): readonly PlannedFile[] =>
  Object.entries(FILES[editor]).map(([path, value]) => ({ path, text: `${JSON.stringify(value, undefined, 2)}\n` }));
