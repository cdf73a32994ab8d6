/** The text of `probe.ts`: which properties and values programs may name. Types only. */
export const PROBE = `
type Opaque = Blob | ArrayBuffer | ArrayBufferView | ReadableStream | FormData | URLSearchParams | AsyncIterable<unknown>;
type Deep = 5;
type KeysOf<C> = C extends { content: infer M } ? keyof M & string : never;
/** Of requests and successful responses. */
export type MediaTypes<Op> =
  | (Op extends { requestBody?: infer B } ? \`sent \${KeysOf<NonNullable<B>>}\` : never)
  | (Op extends { responses: infer R } ? { [S in Successes<Op> & keyof R]: \`\${S} \${KeysOf<R[S]>}\` }[Successes<Op> & keyof R] : never);
export type Successes<Op> = Op extends { responses: infer R } ? Exclude<keyof R & (string | number), 400 | 404 | '4XX' | 'default'> : never;
export type Shared<T, U> = { [K in keyof T & keyof U]: T[K] };

/** What a program for T may name: properties, and listed values. */
export type Used<T, At extends unknown[] = []> = At['length'] extends Deep ? ''
  : unknown extends T ? ''
  : T extends string ? (string extends T ? '' : '' | \`=\${T}\`)
  : T extends number ? (number extends T ? '' : '' | \`=\${T}\`)
  : T extends boolean ? '' | (T extends true ? '=true' : '=false')
  : T extends null | undefined | Opaque ? ''
  : T extends readonly (infer I)[]
    ? '0' extends keyof T ? '' | Extract<{ [K in keyof T & \`\${number}\`]-?: \`[\${K}]\${Used<T[K], [...At, 0]>}\` }[keyof T & \`\${number}\`], string> | (number extends T['length'] ? '[n]' : never)
      : '' | \`[]\${Used<I, [...At, 0]>}\`
  : T extends object ? '' | { [K in keyof T & (string | number)]-?: [NonNullable<T[K]>] extends [never] ? '' : \`.\${K}\${Used<T[K], [...At, 0]>}\` }[keyof T & (string | number)]
  : '';

/** The items after those of a tuple. A program can use any index. */
type RestOf<T> = T extends readonly unknown[] ? ('0' extends keyof T ? (T extends readonly [unknown?, ...infer R] ? RestOf<R> : never) : T[number]) : never;

/** The names that the compiler accepts for a T. */
export type Allowed<T, At extends unknown[] = []> = At['length'] extends Deep ? string
  : unknown extends T ? string
  : T extends string ? '' | \`=\${T}\`
  : T extends number ? '' | \`=\${T}\`
  : T extends boolean ? '' | (T extends true ? '=true' : '=false')
  : T extends null | undefined | Opaque ? ''
  : T extends readonly (infer I)[]
    ? '0' extends keyof T ? '' | \`[]\${Allowed<T[number], [...At, 0]>}\` | Extract<{ [K in keyof T & \`\${number}\`]-?: \`[\${K}]\${Allowed<T[K], [...At, 0]>}\` }[keyof T & \`\${number}\`], string> | (number extends T['length'] ? '[n]' | \`[\${number}]\${Allowed<RestOf<T>, [...At, 0]>}\` : never)
      : '' | '[n]' | \`[]\${Allowed<I, [...At, 0]>}\` | \`[\${number}]\${Allowed<I, [...At, 0]>}\`
  : T extends object ? '' | { [K in keyof T & (string | number)]-?: [NonNullable<T[K]>] extends [never] ? '' : \`.\${K}\${Allowed<T[K], [...At, 0]>}\` }[keyof T & (string | number)]
  : '';
`;
