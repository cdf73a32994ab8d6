import { callbackPath, namesInPath } from '../../common/document/callback-path.ts';
import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import { type Found, follow, type Location, type Rule, type RuleContext } from '../rule.ts';

/** A path item that Redocly visits. Callbacks are path items inside an operation of another path item. */
type Around = {
  readonly path: string;
  /** Names that each operation must declare. The URL of a webhook or callback has none. */
  readonly expected: ReadonlySet<string>;
  /** Names that an operation may declare. */
  readonly known: ReadonlySet<string>;
  readonly shared: ReadonlySet<string>;
};

/**
 * Path parameters that an operation does not declare, and declared ones that the path does not contain. Replaces
 * Redocly's rule, which only supports names of letters, digits, `_`, `.` and `-`. OpenAPI allows every name without
 * braces.
 * @see https://spec.openapis.org/oas/v3.2.0.html#path-templating
 */
export const pathParametersDefined: Rule = () => {
  const around: Around[] = [];
  return {
    PathItem: {
      enter: (item, context) => {
        const path = String(context.key);
        const isUrl = item['x-cs-webhook'] === undefined && path.startsWith('/');
        const expected = new Set(isUrl ? namesInPath(path) : []);
        const known = new Set(namesInPath(path.startsWith('/') ? path : callbackPath(path)));
        around.push({ path, expected, known, shared: declaredIn(item, path, known, context) });
      },
      leave: () => void around.pop(),
    },
    Operation: (operation, context) => {
      const item = around.at(-1);
      if (item === undefined) return;
      const { path, expected, known, shared } = item;
      const own = declaredIn(operation, path, known, context);
      for (const name of expected) {
        if (own.has(name) || shared.has(name)) continue;
        context.report({
          message: `The operation does not define the path parameter \`{${name}}\` expected by path \`${path}\`.`,
          help: 'Declare the parameter with `in: path`, `required: true` and the name from the path.',
          location: context.location.child(['parameters']).key(),
        });
      }
    },
  };
};

/** The names of declared path parameters; those that the path does not contain are reported. */
function declaredIn(
  { parameters }: JsonObject,
  path: string,
  known: Around['known'],
  context: RuleContext,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node, location } of placesOf(parameters, context)) {
    if (!isObject(node) || node.in !== 'path' || typeof node.name !== 'string') continue;
    names.add(node.name);
    if (known.has(node.name)) continue;
    context.report({
      message: `Path parameter \`${node.name}\` is not used in the path \`${path}\`.`,
      help: 'Write the name in braces in the path, or remove the parameter.',
      location: location.child(['name']),
    });
  }
  return names;
}

function placesOf(parameters: unknown, context: RuleContext): readonly Found[] {
  if (!Array.isArray(parameters)) return [];
  const place = (index: number): Location => context.location.child(['parameters', index]);
  return parameters.map((node: unknown, index) => follow(node, place(index), context));
}
