import { isJsonObject, setMember } from './json.ts';

/** The output of two schemas that both apply to `input`. It contains the changes and removals of both. */
export function mergeOutputs(input: unknown, one: unknown, other: unknown): unknown {
  if (other === input || one === other) return one;
  if (one === input) return other;
  if (Array.isArray(input) && Array.isArray(one) && Array.isArray(other)) {
    return input.map((item, index) => mergeOutputs(item, one[index], other[index]));
  }
  if (!isJsonObject(input) || !isJsonObject(one) || !isJsonObject(other)) return one;
  const merged: { [name: string]: unknown } = {};
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const inOne = Object.hasOwn(one, name);
    const inOther = Object.hasOwn(other, name);
    if (!Object.hasOwn(input, name)) setMember(merged, name, inOne ? one[name] : other[name]);
    else if (inOne && inOther) setMember(merged, name, mergeOutputs(input[name], one[name], other[name]));
  }
  return merged;
}
