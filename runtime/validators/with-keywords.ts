import * as z from 'zod';
import { compile } from './compile.ts';
import { withoutOverflow } from './depth.ts';
import type { AnyZod, Keywords } from './node.ts';

type Definition<Kind extends AnyZod> = Kind['_zod']['def'] & { readonly keywords: Keywords };

/**
 * Creates a kind of zod schema that also checks its keywords. They run on the original value, because zod's objects do
 * not copy a property `__proto__`.
 */
function withKeywordsToo<Kind extends AnyZod>(base: z.core.$constructor<Kind>) {
  return z.core.$constructor<Kind, Definition<Kind>>('CountersignWithKeywords', (inst, def) => {
    base.init(inst, def);
    const runKeywords = compile(def.keywords);
    // This runs after zod has decided how to run this schema.
    inst._zod.deferred ??= [];
    inst._zod.deferred.push(() => {
      const { run } = inst._zod;
      inst._zod.run = (payload, context) => {
        const { value, issues } = payload;
        const known = issues.length;
        const result = run(payload, context);
        if (issues.length > known) return result;
        withoutOverflow(payload, () =>
          runKeywords(value, { issues, evaluated: undefined, dynamic: undefined, context: { async: false } }),
        );
        return result;
      };
    });
  });
}

const makeKinds = () => ({ object: withKeywordsToo(z.ZodObject), array: withKeywordsToo(z.ZodArray) });
/** The kinds are created on first use, so that a bundle whose validators do not need keywords does not contain them. */
let kinds: ReturnType<typeof makeKinds> | undefined;

/** Creates a schema with additional keywords. */
export function withKeywords<Inner extends z.ZodObject | z.ZodArray>(inner: Inner, keywords: Keywords): Inner {
  kinds ??= makeKinds();
  const { def } = inner._zod;
  const made = def.type === 'object' ? new kinds.object({ ...def, keywords }) : new kinds.array({ ...def, keywords });
  return made as Inner;
}
