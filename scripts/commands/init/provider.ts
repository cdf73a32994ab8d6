import { createHash, createHmac, createPrivateKey, sign as signBytes } from 'node:crypto';
import { relative } from 'node:path';
import { parse, stringify } from 'yaml';
import { render } from '../../common/templates/render.ts';
import { literal } from '../../common/text/literal.ts';
import { camelCase, pascalCase } from '../../common/text/names.ts';
import { specFile, type Workspace } from '../../config/workspace.ts';
import { ALGORITHMS, type Algorithm } from './algorithms.ts';
import type { Imported } from './import-document.ts';
import type { PlannedFile } from './plan.ts';
import { presetTest } from './preset-test.ts';
import { presetDocument, presetNames, presetScheme, readPreset } from './presets.ts';
import { withSchemaLine } from './schema-line.ts';
import type { AddedScheme } from './sign-document.ts';

/** A provider to create. */
export type Scaffold = {
  readonly provider: string;
  /** A preset, or one of ALGORITHMS; undefined: an API key. */
  readonly signing: string | undefined;
  /** Creates a signer in TypeScript even if there is a preset of that name. */
  readonly signer: boolean;
  /** The user's contract, if there is one. */
  readonly imported: Imported | undefined;
};

const isRecipe = (signing: string | undefined, signer: boolean): signing is string =>
  signing !== undefined && presetNames.includes(signing) && !signer;

/** The security scheme that `--signing` adds to a document of the user. */
export function schemeToAdd(provider: string, signing: string, signer: boolean): AddedScheme {
  const name = `${camelCase(provider)}Signature`;
  if (isRecipe(signing, signer)) return { name, value: presetScheme(readPreset(signing)), isRecipe: true };
  const { components } = parse(render('provider/openapi.yaml', viewOf(provider, signing, name, ALGORITHMS[signing])));
  return { name, value: components.securitySchemes[name], isRecipe: false };
}

/** Spec, signer and test of a new provider; with a contract, only the missing files. */
export function scaffoldProvider(
  workspace: Workspace,
  { provider, signing, signer, imported }: Scaffold,
): readonly PlannedFile[] {
  if (imported === undefined && isRecipe(signing, signer)) {
    const [scheme, preset] = [`${camelCase(provider)}Signature`, readPreset(signing)] as const;
    const spec = relative(workspace.root, specFile(workspace, provider));
    return [
      {
        path: spec,
        text: withSchemaLine(stringify(presetDocument(provider, scheme, preset), { blockQuote: false }), spec),
      },
      { path: `test/${provider}.test.ts`, text: presetTest(provider, scheme, preset) },
    ];
  }
  const algorithm = signing === undefined ? undefined : ALGORITHMS[signing];
  const own = `${camelCase(provider)}${signing === undefined ? 'Key' : 'Signature'}`;
  // A contract without a signature scheme cannot use a signer, so that the option is rejected.
  const scheme = imported === undefined ? own : imported.signers[0];
  const view = viewOf(provider, signing ?? '', scheme ?? own, algorithm);
  const path = (file: string): string => relative(workspace.root, file);
  const spec = path(specFile(workspace, provider));
  const files: PlannedFile[] = [
    { path: spec, text: withSchemaLine(imported?.text ?? render('provider/openapi.yaml', view), spec) },
  ];
  if (algorithm !== undefined && scheme !== undefined)
    files.push({
      path: path(`${workspace.plugins}/${provider}/signing.ts`),
      text: render('provider/signing.ts', view),
    });
  // A test needs operations, which are not known yet.
  if (imported === undefined) files.push({ path: `test/${provider}.test.ts`, text: render('provider/test.ts', view) });
  return files;
}

function viewOf(provider: string, signing: string, scheme: string, algorithm: Algorithm | undefined): object {
  const { helper = '', recipe = '', sign = '', verify = '', secret = '', serverSecret = '' } = algorithm ?? {};
  const signed = algorithm !== undefined;
  const otherSecret = secret.replace(/^.{2}/, '00');
  return {
    provider,
    prefix: pascalCase(provider),
    title: pascalCase(provider),
    scheme,
    signing,
    security: `{ ${scheme}: [] }`,
    helper,
    recipe,
    sign,
    verify,
    secret,
    signature: signed ? signVector(signing, secret) : '',
    credentials: literal(signed ? { apiKey: 'demo-key', secret } : { [scheme]: 'demo-key' }),
    serverCredentials: literal(signed ? { apiKey: 'demo-key', secret: serverSecret } : 'demo-key'),
    wrong: literal(signed ? { apiKey: 'demo-key', secret: otherSecret } : { [scheme]: 'another-key' }),
  };
}

/** The signature of the generated test vector, computed without the signer that it tests. */
function signVector(signing: string, secret: string): string {
  const message = ['1700000000', '0011223344556677', 'GET', '/status', ''].join('\n');
  if (signing.startsWith('hmac-')) return createHmac(signing.slice(5), secret).update(message).digest('hex');
  if (signing !== 'ed25519') return createHash(signing).update(`${secret}\n${message}`).digest('hex');
  const der = Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex');
  return signBytes(null, Buffer.from(message), createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).toString(
    'hex',
  );
}
