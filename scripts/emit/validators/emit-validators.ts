import { makeEach, type RecallPart } from '../../common/parts.ts';
import { docComment } from '../../common/text/literal.ts';
import { layout } from '../../format/layout/index.ts';
import { directionsOf } from '../../model/schema/directions.ts';
import { isSchemaObject } from '../../model/schema/keywords.ts';
import type { Api, File, JsonSchema } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import type { Knowledge } from './context.ts';
import { hasHidden, printOperation, validatedParts } from './operation.ts';
import { partKeys } from './part-keys.ts';
import { type Plan, planValidators } from './plan.ts';
import { printExtensions } from './print-extensions.ts';
import { printType } from './print-type.ts';
import { printDefinition } from './print-zod.ts';
import { exactType } from './printed.ts';
import { objectText } from './printer.ts';
import { type Constant, createPrinters, type Printers } from './printers.ts';
import { recallTexts } from './recall-text.ts';

export { checkSchemas } from '../../model/schema/check/index.ts';
export { emitTypeTests } from './type-tests.ts';

/** Settings of validators. */
export type ValidatorOptions = {
  /** The rule for properties that a schema neither declares nor forbids. */
  readonly unknownKeys?: 'passthrough' | 'strip';
  /** Formats for which validators accept more than the standard. */
  readonly formats?: {
    readonly duration?: 'standard' | 'fractions';
    readonly time?: 'standard' | 'optionalOffset';
  };
};

/**
 * `validators.ts`: a zod schema for each component, and the validators of each operation.
 *
 * Validators fill in the default of a missing property: in requests for the handler, and in responses for the caller,
 * who finds the same properties whether the provider sends them or not. They omit readOnly properties from requests and
 * writeOnly properties from responses. They check an undeclared property `__proto__` like any other, and plain objects
 * do not copy it.
 */
export function emitValidators(
  api: Api,
  { unknownKeys = 'passthrough', formats = {} }: ValidatorOptions = {},
  recallPart: RecallPart = makeEach('validators').recall,
): readonly File[] {
  const plan = planValidators(api, unknownKeys === 'strip', helpersOf(formats));
  const text = moduleText(api, plan, recallPart) ?? moduleText(api, plan);
  return [{ path: 'src/validators.ts', text: text ?? '', formatted: true }];
}

/** The text of the module; undefined if texts of an earlier run call functions by names that are not theirs. */
function moduleText(api: Api, plan: Plan, recallPart?: RecallPart): string | undefined {
  const { units, names, knowledge } = plan;
  const recall = recallTexts(recallPart, () => printers.functions);
  const keyOf = ({ unit, printer }: Constant): string | undefined =>
    keys && `${keys.ofUnit(unit)} ${printer.nameOf(unit)}`;
  const printers = createPrinters(api, knowledge, names, (constant, make) => recall('check', keyOf(constant), make));
  const keys = recallPart && partKeys(api, plan, printers);

  // Laid out at once: the parts of a large module would take many times its size.
  const parts: string[] = [];
  const print = (text: string): void => {
    parts.push(recall('layout', text, () => layout(text).trimEnd()));
  };
  for (const unit of units.values()) {
    for (const printer of printers.variants(unit)) {
      const constant = { unit, printer };
      parts.push(recall('constant', keyOf(constant), () => layout(printConstant(constant)).trimEnd()));
    }
  }
  for (const [name, schema] of api.schemas) printOther(name, schema, plan, printers).map(print);
  let isAsked = false;
  for (const operation of api.operations) {
    const [asked, returned] = directionsOf(operation);
    const validated = validatedParts(operation);
    const make = () => layout(printOperation(validated, printers[asked], printers[returned])).trimEnd();
    parts.push(recall('operation', keys?.ofOperation(validated, asked), make));
    isAsked ||= asked === 'request' && hasHidden(validated, printers.request);
  }
  const list = api.operations.map(({ operationId, identifier }) => [operationId, `${identifier}Validators`] as const);
  const rest = [
    `/** The validators by operationId. */\nexport const validators: Readonly<${objectText(list.map(([id, name]) => [id, `typeof ${name}`]))}> = ${objectText(list)};`,
    byOperation(list.length > 0),
    ...printExtensions(printers.response),
    ...(isAsked ? printExtensions(printers.request) : []),
  ];
  rest.map(print);
  const { functions } = printers;
  if (recallPart !== undefined && functions.isAmbiguous()) return undefined;
  // The imports are known when everything else is printed.
  const head = layout(`${banner(api)}\n${UNCHECKED}\n${imports(printers, list.length > 0)}`).trimEnd();
  const text = `${[head, ...parts].join('\n\n')}\n`;
  const checks = functions.texts();
  return checks.length === 0 ? text : `${text}\n${CHECKS_COMMENT}\n\n${checks.join('\n')}\n`;
}

/**
 * Exports have explicit types, so the compiler can skip their values: types of zod are slow to compare. The tests of
 * this repository check the module without the directive.
 */
const UNCHECKED = `// Exports have explicit types, which your code is checked against. The compiler need not check their values again.
// @ts-nocheck`;

/** The comment above the compiled checks. */
const CHECKS_COMMENT =
  '// Compiled checks accept values that are valid without a change. The schemas above check all other values.';

/** The helpers that replace others, by configuration. */
function helpersOf({ duration, time }: NonNullable<ValidatorOptions['formats']>): Knowledge['helpers'] {
  return {
    ...(duration === 'fractions' && { duration: 'durationWithFractions' }),
    ...(time === 'optionalOffset' && { time: 'timeWithoutOffset' }),
  };
}

/** A unit has a constant for the schema itself, and one for each direction in which the schema differs. */
function printConstant({ unit, printer }: Constant): string {
  // TypeScript cannot infer the type of a constant that refers to itself.
  const selfReferring = unit.recursive || printer.shapes.dynamic.has(unit.schema);
  const exported = unit.component === undefined ? '' : 'export ';
  const { text, type } = printDefinition(unit.schema, { ...printer, owner: unit });
  const annotation = selfReferring ? exactType(printType(unit.schema, printer), printer) : type;
  const value = pure(printer.withCheck(text, unit.schema));
  return `${comment(unit.schema)}\n${exported}const ${printer.nameOf(unit)}: ${annotation} = ${value};`;
}

/**
 * The constant has an explicit type. Otherwise, each thread of the compiler infers every schema again for the modules
 * that import it.
 */
function byOperation(hasOperations: boolean): string {
  const type = hasOperations ? '{ readonly [Id in keyof operations]: OperationValidators }' : 'typeof validators';
  const comment =
    '/** The validators with the types that client and server use, so that these are not inferred again. */';
  return `${comment}\nexport const byOperation: ${type} = validators;`;
}

/** The constant of a component that is not a unit: a boolean schema, or a second name for the same schema object. */
function printOther(name: string, schema: JsonSchema, { units, names }: Plan, printers: Printers): readonly string[] {
  const unit = isSchemaObject(schema) ? units.get(schema) : undefined;
  if (unit?.component === name) return [];
  if (unit !== undefined) {
    const other = names.ofUnit(unit, 'any');
    return [`export const ${names.ofComponent(name)}: typeof ${other} = ${other};`];
  }
  const { text, type } = printDefinition(schema, printers.any);
  return [`export const ${names.ofComponent(name)}: ${type} = ${pure(printers.any.withCheck(text, schema))};`];
}

/** With this annotation, a bundler removes an unused constant. */
function pure(expression: string): string {
  return /^[\w$]+$/.test(expression) ? expression : `/* @__PURE__ */ (() => ${expression})()`;
}

function comment(schema: JsonSchema): string {
  const { title, description } = isSchemaObject(schema) ? schema : {};
  return docComment([title, description].map((text) => (typeof text === 'string' ? text : undefined)));
}

function imports({ functions }: Printers, hasOperations: boolean): string {
  const helpers = functions.helpers();
  const types = [...(functions.uses('components') ? ['components'] : []), ...(hasOperations ? ['operations'] : [])];
  return [
    hasOperations && `import type { OperationValidators } from '@countersign/runtime/contract';`,
    functions.uses('v') && `import * as v from '@countersign/runtime/validators';`,
    helpers.length > 0 && `import { ${helpers.join(', ')} } from '@countersign/runtime/validators';`,
    // Parcel cannot load `{ z }` of a dynamic import, and esbuild keeps more of it.
    `import * as z from 'zod';`,
    types.length > 0 && `import type { ${types.join(', ')} } from './types.ts';`,
  ]
    .filter((line) => typeof line === 'string')
    .join('\n');
}
