import type { ErrorObject } from 'ajv/dist/2020.js';
import { isObject } from '../common/document/pointer.ts';

/**
 * If a value matches none of several forms, each form reports errors. Reports the errors outside the choice or deepest
 * inside it. If there are none, reports the errors of the form that is meant, or the choice itself.
 */
export function explain(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(isChoice);
  const told = errors.filter((error) => {
    const choice = choices.find(({ instancePath }) => isWithin(error.instancePath, instancePath));
    if (!choice || isChoice(error)) return !choice;
    return error.instancePath !== choice.instancePath || error.parentSchema === choice.parentSchema;
  });
  const silent = choices.filter((choice) => !told.some((error) => isWithin(error.instancePath, choice.instancePath)));
  // Choices in choices have the same place.
  const outer = silent.filter(
    ({ instancePath }, index) => !silent.slice(index + 1).some((other) => other.instancePath === instancePath),
  );
  return [...told, ...outer.flatMap((choice) => ofMeantForm(choice, errors))];
}

function isChoice({ keyword }: ErrorObject): boolean {
  return keyword === 'oneOf' || keyword === 'anyOf';
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

/** A text means one of the names of all forms. An object means the form with most of its fields. */
function ofMeantForm(choice: ErrorObject, errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const inside = errors.filter((error) => error.instancePath === choice.instancePath && !isChoice(error));
  const given: unknown = choice.data;
  if (typeof given === 'string') {
    const names = inside.flatMap(({ keyword, params }) =>
      keyword === 'enum' ? (params.allowedValues as unknown[]) : keyword === 'const' ? [params.allowedValue] : [],
    );
    return names.length === 0
      ? [choice]
      : [{ ...choice, keyword: 'enum', params: { allowedValues: [...new Set(names)] } }];
  }
  if (!isObject(given)) return [choice];
  const forms = new Set(
    inside.flatMap(({ parentSchema }) => (isObject(parentSchema?.properties) ? [parentSchema] : [])),
  );
  const fieldsOf = (form: object): object => Reflect.get(form, 'properties') as object;
  const fields = Object.assign({}, ...[...forms].map(fieldsOf)) as object;
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(fields, name));
  if (forms.size > 0 && unknown !== undefined) {
    const params = { additionalProperty: unknown };
    return [{ ...choice, keyword: 'additionalProperties', params, parentSchema: { properties: fields } }];
  }
  const shared = (form: object): number =>
    Object.keys(given).filter((name) => Object.hasOwn(fieldsOf(form), name)).length;
  const [meant] = [...forms].sort((a, b) => shared(b) - shared(a));
  const own = meant === undefined || shared(meant) === 0 ? [] : inside.filter((error) => error.parentSchema === meant);
  return own.length === 0 ? [choice] : own;
}
