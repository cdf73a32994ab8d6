import * as formats from '@countersign/runtime/validators';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { to2020 } from './to-2020.ts';

/** Undefined if AJV's own code fails, so that there is no verdict. */
export type Validate = (value: unknown) => boolean | undefined;

const ADDRESS = 'https://document.example/';

/** AJV's validators for a document's components, with ajv-formats or with our own formats. */
export function ajvFor(
  schemas: { readonly [name: string]: unknown },
  { ownFormats }: { readonly ownFormats: boolean },
): (name: string) => Validate {
  const ajv = new Ajv2020.default({
    strict: false,
    logger: false,
    validateSchema: false,
    inlineRefs: false,
    ownProperties: true,
  });
  addFormats.default(ajv);
  if (ownFormats) {
    for (const format of Object.values(formats)) {
      if (typeof format !== 'object' || format === null || !('test' in format)) continue;
      if (format.type === 'string') ajv.addFormat(format.name, { type: 'string', validate: format.test });
      else ajv.addFormat(format.name, { type: 'number', validate: format.test });
    }
  }
  ajv.addSchema({ $id: ADDRESS, components: { schemas: to2020(schemas) } });
  return (name) => {
    const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1');
    const validate = ajv.compile({ $ref: `${ADDRESS}#/components/schemas/${encodeURIComponent(escaped)}` });
    return (value) => {
      try {
        return validate(value) === true;
      } catch (error) {
        // AJV's generated code uses an undeclared variable for unevaluated properties behind references.
        if (error instanceof ReferenceError && /^(props|items)\d+ is not defined$/.test(error.message))
          return undefined;
        throw error;
      }
    };
  };
}
