import { z } from 'zod';
import { compile, compiled } from './compile.ts';
import { withoutOverflow } from './depth.ts';
import type { Node } from './node.ts';
import type { Run } from './scope.ts';

type Internals<Output> = z.core.$ZodTypeInternals<Output, Output> & { readonly def: Definition };
type Definition = z.core.$ZodTypeDef & { readonly node: Node };
type JsonSchemaType<Output = unknown> = z.ZodType<Output, Output> & { readonly _zod: Internals<Output> };

/** A zod schema whose input and output have the same type. */
export type Exact<Output> = z.ZodType<Output, Output>;

const JsonSchemaType = /* @__PURE__ */ z.core.$constructor<JsonSchemaType>('CountersignJsonSchema', (inst, def) => {
  z.ZodType.init(inst, def);
  let run: Run | undefined;
  const get = () => {
    run ??= compile(def.node);
    return run;
  };
  // A copy with its own checks is no longer the schema of the document.
  if (def.checks === undefined || def.checks.length === 0) compiled.set(inst, get);
  inst._zod.parse = (payload, context) => {
    const { issues, value } = payload;
    payload.value = withoutOverflow(payload, () =>
      get()(value, { issues, evaluated: undefined, dynamic: undefined, context }),
    );
    return payload;
  };
});

/** Creates a zod schema from JSON Schema keywords, for rules that zod does not have. The caller guarantees `Output`. */
export function schema<Output>(node: Node): z.ZodType<Output, Output> {
  return new JsonSchemaType({ type: 'custom', node } as Definition) as z.ZodType<Output, Output>;
}

/** Returns the same schema with the generated type of the document. */
export function typed<Output>(inner: z.ZodType): z.ZodType<Output, Output> {
  return inner as z.ZodType<Output, Output>;
}
