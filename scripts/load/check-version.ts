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

/** Says which OpenAPI a document is, or why it cannot be used. */
export function checkVersion(document: unknown, text: string): VersionCheck {
  const write = 'Start the file with `openapi: 3.1.1`.';
  if (text.trim() === '' || document === null) return refused('document-empty', 'The file holds no document.', write);
  if (!isObject(document))
    return refused('document-type', 'The file holds no map, so it is no OpenAPI document.', write);
  if (Object.hasOwn(document, 'swagger')) {
    return refused(
      'openapi-2',
      'This is Swagger 2.0; OpenAPI 3.0, 3.1 and 3.2 are understood.',
      'Convert it to OpenAPI 3 first, for example with swagger2openapi.',
      '/swagger',
    );
  }
  if (!Object.hasOwn(document, 'openapi')) {
    const near = nearest('openapi', Object.keys(document));
    const hint = near === undefined ? '' : `Did you mean \`openapi\` where \`${near}\` is written? `;
    return refused(
      'openapi-missing',
      'The document does not say which OpenAPI it is.',
      `${hint}${write}`,
      near === undefined ? '' : `/${near}`,
    );
  }
  const { openapi } = document;
  const match = typeof openapi === 'string' ? /^3\.([012])\.\d+(-.+)?$/.exec(openapi) : null;
  if (!match) {
    const quote = typeof openapi === 'string' ? '' : 'Quote the version: it must be a text. ';
    return refused(
      'openapi-version',
      'This version of OpenAPI is not known; 3.0.x, 3.1.x and 3.2.x are.',
      `${quote}Write \`openapi: 3.1.1\`.`,
      '/openapi',
    );
  }
  return { kind: 'known', version: `3.${match[1]}` as OpenApiVersion };
}

function refused(code: string, message: string, help: string, pointer = ''): VersionCheck {
  return { kind: 'refused', code, message, help, pointer };
}
