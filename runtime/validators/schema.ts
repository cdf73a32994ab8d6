import { core, ZodType } from 'zod';
import { compile, compiled } from './compile.ts';
import { withoutOverflow } from './depth.ts';
import type { Node } from './node.ts';
import type { Run } from './scope.ts';

type Internals<Output> = core.$ZodTypeInternals<Output, Output> & { readonly def: Definition };
type Definition = core.$ZodTypeDef & { readonly node: Node };
type JsonSchemaType<Output = unknown> = ZodType<Output, Output> & { readonly _zod: Internals<Output> };

/** A zod schema whose input and output have the same type. */
export type Exact<Output> = ZodType<Output, Output>;

const JsonSchemaType = /* @__PURE__ */ core.$constructor<JsonSchemaType>('CountersignJsonSchema', (inst, def) => {
  ZodType.init(inst, def);
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
export function schema<Output>(node: Node): ZodType<Output, Output> {
  return new JsonSchemaType({ type: 'custom', node } as Definition) as ZodType<Output, Output>;
}

/** Returns the same schema with the generated type of the document. */
export function typed<Output>(inner: ZodType): ZodType<Output, Output> {
  return inner as ZodType<Output, Output>;
}
