import type { Config } from '@redocly/openapi-core';
import { skipPlainExamples } from './plain-examples.ts';
import { createPlugin } from './plugin.ts';
import { loadRedocly } from './redocly.ts';
import { ruleCodes, rules } from './rules/index.ts';

/**
 * `strict`: for your own specs. `essential`: for external documents, where only what would generate wrong code is an
 * error, and style is a warning.
 */
export type LintProfile = 'strict' | 'essential';
/** `form`: only checks whether everything has the form that OpenAPI defines. */
export type LintPass = 'written' | 'expanded' | 'bundle' | 'arazzo' | 'form';

/** Rules of OpenAPI 3.2, for external documents: what breaks them has no effect, and the rest of the document is used. */
const WARNINGS_OF_3_2 = {
  'countersign/additional-operation': 'warn',
  'countersign/document-self': 'warn',
  'countersign/encoding-position': 'warn',
  'countersign/parameter-place': 'warn',
  'countersign/sequential-content': 'warn',
  'countersign/xml-node-type': 'warn',
} as const;

/** The same, by Redocly's rules. */
const REDOCLY_3_2 = {
  'spec-discriminator-defaultMapping': 'warn',
  'spec-example-values': 'warn',
  'spec-no-invalid-encoding-combinations': 'warn',
  'spec-no-invalid-tag-parents': 'warn',
  'spec-querystring-parameters': 'warn',
} as const;

/** Rules that visit each node of a document, which may have a million. */
const OFF_WITHOUT_EXTENSIONS = {
  'countersign/x-cs-place': 'off',
  'countersign/x-cs-schema': 'off',
  'countersign/x-cs-unknown': 'off',
} as const;

const known = new Map<string, Promise<Config>>();

/** @param extended whether the document contains any of our extensions */
export function lintConfig(pass: LintPass, profile: LintProfile = 'strict', extended = true): Promise<Config> {
  const key = `${pass} ${profile} ${extended}`;
  const config = known.get(key) ?? createLintConfig(pass, profile, extended);
  known.set(key, config);
  return config;
}

/** All settings in one place. References are checked while loading, with the rules for their targets. */
async function createLintConfig(pass: LintPass, profile: LintProfile, extended: boolean): Promise<Config> {
  const { createConfig } = await loadRedocly();
  const plugins = [createPlugin(pass === 'expanded' ? rules.expanded : rules.written)];
  const ours = Object.fromEntries(ruleCodes.map((code) => [`countersign/${code}`, 'error' as const]));
  if (pass === 'bundle') return createConfig({ plugins });
  if (pass === 'form') return createConfig({ plugins, rules: { struct: 'error' } });
  if (pass === 'arazzo')
    return createConfig({ plugins, extends: ['recommended-strict'], rules: { 'no-unresolved-refs': 'off' } });
  if (profile === 'essential') {
    return createConfig({
      plugins,
      rules: {
        ...ours,
        ...(!extended && OFF_WITHOUT_EXTENSIONS),
        ...WARNINGS_OF_3_2,
        'countersign/page-proposed': 'off',
        'countersign/oauth-flow': 'warn',
        'security-scopes-defined': 'warn',
        struct: 'warn',
        'countersign/operation-operationId-unique': 'warn',
        'countersign/path-parameters-defined': 'warn',
        'countersign/header-name': 'warn',
        'countersign/operation-name': 'warn',
        'countersign/operation-reserved-name': 'warn',
        'countersign/pattern': 'warn',
      },
      oas3_2Rules: REDOCLY_3_2,
    });
  }
  const config = await createConfig({
    plugins,
    extends: ['recommended-strict'],
    // `struct` reports the same errors, and more.
    rules: {
      ...ours,
      'no-unresolved-refs': 'off',
      'operation-operationId-unique': 'off',
      'path-parameters-defined': 'off',
      // Expanding removes the parameters that a security scheme sends. The written document refers to them.
      ...(pass === 'expanded' && { 'no-unused-components': 'off' as const }),
      'countersign/security-scheme': 'off',
      'countersign/page-proposed': 'warn',
      'countersign/oauth-flow': 'warn',
      'countersign/sequential-content': 'warn',
      'countersign/operation-reserved-name': 'warn',
    },
  });
  return skipPlainExamples(config);
}
