import { isObject } from '../common/document/pointer.ts';
import { nearest } from '../common/text/nearest.ts';
import type { OpenApiVersion } from './types.ts';

/** The OpenAPI version of a document, or why it is unsupported. */
export type VersionCheck =
  | { readonly kind: 'known'; readonly version: OpenApiVersion }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
      readonly help: string;
      readonly pointer: string;
    };

/** Determines the OpenAPI version of a document, or why it cannot be used. */
export function checkVersion(document: unknown, text: string): VersionCheck {
  const write = 'Start the file with `openapi: 3.1.1`.';
  if (text.trim() === '' || document === null) return refused('document-empty', 'The file is empty.', write);
  if (!isObject(document))
    return refused('document-type', 'The file is not an OpenAPI document: its root is not an object.', write);
  if (Object.hasOwn(document, 'swagger')) {
    return refused(
      'openapi-2',
      'The document uses Swagger 2.0. Expected OpenAPI 3.0, 3.1 or 3.2.',
      'Convert the document to OpenAPI 3: `npx swagger2openapi@7 <old file> --yaml --outfile openapi.yaml`.',
      '/swagger',
    );
  }
  if (!Object.hasOwn(document, 'openapi')) {
    const near = nearest('openapi', Object.keys(document));
    const hint = near === undefined ? '' : `Did you mean \`openapi\` where \`${near}\` is written? `;
    return refused(
      'openapi-missing',
      'The document has no `openapi` version.',
      `${hint}${write}`,
      near === undefined ? '' : `/${near}`,
    );
  }
  const { openapi } = document;
  const match = typeof openapi === 'string' ? /^3\.([012])\.\d+(-.+)?$/.exec(openapi) : null;
  if (!match) {
    const quote = typeof openapi === 'string' ? '' : 'Quote the version: it must be a string. ';
    return refused(
      'openapi-version',
      'The OpenAPI version is not supported. Expected 3.0.x, 3.1.x or 3.2.x.',
      `${quote}Write \`openapi: 3.1.1\`.`,
      '/openapi',
    );
  }
  return { kind: 'known', version: `3.${match[1]}` as OpenApiVersion };
}

function refused(code: string, message: string, help: string, pointer = ''): VersionCheck {
  return { kind: 'refused', code, message, help, pointer };
}
