import type { SecuritySchemeDescriptor } from '@countersign/runtime/contract';
import { describe, expect, it } from 'vitest';
import { emitHandlers } from '../../scripts/emit/handlers/emit-handlers.ts';
import { emitPlugins } from '../../scripts/emit/plugins/emit-plugins.ts';
import { chooseNames } from '../../scripts/emit/views/naming.ts';
import { format } from '../../scripts/format/index.ts';
import { inject } from '../../scripts/inject/index.ts';
import { hasPlugins, injectNothing } from '../../scripts/inject/without-plugins.ts';
import type { PluginFile, PluginFiles } from '../../scripts/load/load-plugins.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { Api, File } from '../../scripts/model/types.ts';

const document = {
  openapi: '3.1.1',
  info: { title: 'Acme', version: '1' },
  paths: {
    '/a': { get: { operationId: 'getThing', responses: {} }, post: { operationId: 'delete', responses: {} } },
  },
  components: {
    securitySchemes: {
      sig: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Sig',
        'x-cs-signing': { signer: 'signAcme', algorithm: 'md5', credentials: { secret: {} } },
      } as unknown as SecuritySchemeDescriptor,
    },
  },
};
const api = buildApi({ document, locate: () => ({ file: 'specs/acme/openapi.yaml', line: 9, column: 5 }) }, 'acme');

const file = (name: string, text: string): PluginFile => ({
  path: `/w/plugins/acme/${name}`,
  shown: `plugins/acme/${name}`,
  text,
});
const plugins = (parts: Partial<PluginFiles>): PluginFiles => ({
  shown: 'plugins/acme',
  signing: undefined,
  hooks: undefined,
  services: undefined,
  logic: [],
  texts: new Map(),
  ...parts,
});
const SIGNING = file('signing.ts', 'export const signAcme = 1;');

const emit = (of: Api): readonly File[] => [...emitPlugins(of, chooseNames(of)), ...emitHandlers(of, chooseNames(of))];
const run = (parts: Partial<PluginFiles>) => inject(api, emit(api), plugins(parts), '/w/generated/acme');
const text = (parts: Partial<PluginFiles>, path: string): string =>
  run(parts).files.find((made) => made.path === path)?.text ?? '';

describe('inject', () => {
  it('adds imports and entries for signers, hooks and handlers', () => {
    const parts = {
      signing: SIGNING,
      hooks: file('hooks.ts', 'export function onRequest() {}'),
      services: file('services.ts', 'export type Services = {};'),
      logic: [file('logic/things.ts', 'export const getThing = () => {};\nexport type Helper = 1;')],
    };
    const module = text(parts, 'src/plugins.ts');
    expect(module).toContain("from '../../../plugins/acme/signing.ts'");
    expect(module).toMatch(/signers: Signers = \{\s*sig: signAcme\s*\};/);
    expect(module).toMatch(/hooks: Hooks = \{\s*onRequest\s*\};/);
    const handlers = text(parts, 'src/handlers.ts');
    expect(handlers).toMatch(
      /handlers: \{ getThing: typeof getThing; \} = \{\s*getThing\s*\} satisfies Partial<AcmeHandlers<Services>>/,
    );
    expect(handlers).toContain("import type { Services } from '../../../plugins/acme/services.ts'");
    expect(run(parts).unhandled).toEqual(['delete2']);
    expect(handlers).toContain("unhandled: readonly string[] = ['delete2']");
  });

  it('reads `export { a as b }`, and imports under another name if the name is taken', () => {
    const parts = { signing: SIGNING, logic: [file('logic/x.ts', 'const a = () => {};\nexport { a as getThing };')] };
    expect(text(parts, 'src/handlers.ts')).toMatch(/handlers: \{ getThing: typeof getThing; \} = \{\s*getThing\s*\}/);
  });

  it.each<[string, Partial<PluginFiles>, readonly [string, string, string][]]>([
    ['a signer that is missing', {}, [['signer-missing', 'specs/acme/openapi.yaml:9:5', 'signAcme']]],
    [
      'a misspelled signer',
      { signing: file('signing.ts', '\n  export const signAcne = 1;') },
      [
        ['plugin-unknown-export', 'plugins/acme/signing.ts:2:16', 'Did you mean `signAcme`?'],
        ['signer-missing', 'specs/acme/openapi.yaml:9:5', 'Did you mean `signAcne`?'],
      ],
    ],
    [
      'a handler for an unknown operation',
      { signing: SIGNING, logic: [file('logic/a.ts', 'export const getThink = () => {};')] },
      [['plugin-unknown-export', 'plugins/acme/logic/a.ts:1:14', 'Did you mean `getThing`?']],
    ],
    [
      'a handler that is exported twice',
      {
        signing: SIGNING,
        logic: [file('logic/a.ts', 'export const getThing = 1;'), file('logic/b.ts', 'export function getThing() {}')],
      },
      [['plugin-duplicate-export', 'plugins/acme/logic/b.ts:1:17', 'Remove one of the two exports']],
    ],
    [
      'a default export and a star',
      { signing: SIGNING, logic: [file('logic/a.ts', "export default function () {}\nexport * from './b.ts';")] },
      [
        ['plugin-default-export', 'plugins/acme/logic/a.ts:1:1', 'Export it under the name'],
        ['plugin-star-export', 'plugins/acme/logic/a.ts:2:1', 'Export each name'],
      ],
    ],
    [
      'a syntax error',
      { signing: SIGNING, logic: [file('logic/a.ts', 'export const getThing = ;')] },
      [['plugin-syntax', 'plugins/acme/logic/a.ts:1:25', 'Fix the syntax']],
    ],
    [
      'a syntax error after a signer',
      { signing: file('signing.ts', 'export const signAcme = 1;\nexport const b = ;') },
      [['plugin-syntax', 'plugins/acme/signing.ts:2:18', 'Fix the syntax']],
    ],
    [
      'a hook that does not exist',
      { signing: SIGNING, hooks: file('hooks.ts', 'export const onReqest = 1;') },
      [['plugin-unknown-export', 'plugins/acme/hooks.ts:1:14', 'Did you mean `onRequest`?']],
    ],
  ])('%s', (_, parts, want) => {
    const { diagnostics } = run(parts);
    expect(diagnostics.map(({ code, at }) => [code, `${at.file}:${at.line}:${at.column}`])).toEqual(
      want.map(([code, at]) => [code, at]),
    );
    want.forEach(([, , help], index) => {
      const found = diagnostics[index];
      expect(`${found?.message} ${found?.help}`).toContain(help);
    });
  });

  it.each<[scheme: string, help: string]>([
    ['mySig', 'Write `export const mySig = defineSigner({ … })` there.'],
    ['서명', 'Write `export const 서명 = defineSigner({ … })` there.'],
    ['my-sig', 'Write `export const mySig = defineSigner({ … })` there, and `signer: mySig` in'],
    ['class', 'Write `export const signer = defineSigner({ … })` there, and `signer: signer` in'],
    ['서-명', 'Write `export const signer = defineSigner({ … })` there, and `signer: signer` in'],
  ])('suggests valid code of a signer for the scheme %s', (name, help) => {
    const sig = { ...document.components.securitySchemes.sig };
    const signing = { 'x-cs-signing': { algorithm: 'md5', credentials: { secret: {} } } };
    const components = { securitySchemes: { [name]: { ...sig, ...signing } } };
    const expanded = { document: { ...document, components }, locate: api.locate };
    const [problem] = inject(buildApi(expanded, 'acme'), [], plugins({}), '/w/generated/acme').diagnostics;
    expect(problem?.message).toContain(`needs the signer \`${name}\``);
    expect(problem?.help).toContain(help);
  });

  it('returns the same without plugins as the path that does not load ts-morph', () => {
    const signed = emit(api);
    const unsigned = { ...api, securitySchemes: [] };
    const target = '/w/generated/acme';
    expect(injectNothing(api, signed, plugins({}), target)).toEqual(inject(api, signed, plugins({}), target));
    const files = emit(unsigned);
    const [want, got] = [inject, injectNothing].map((by) => by(unsigned, files, plugins({}), target));
    expect(got?.unhandled).toEqual(['getThing', ...(want?.unhandled.slice(1) ?? [])]);
    expect({ ...got, files: format(got?.files ?? []) }).toEqual({ ...want, files: format(want?.files ?? []) });
    expect(hasPlugins(plugins({}))).toBe(false);
    for (const part of [{ signing: SIGNING }, { services: SIGNING }, { hooks: SIGNING }, { logic: [SIGNING] }])
      expect(hasPlugins(plugins(part))).toBe(true);
  });
});
