/** @jsxImportSource preact */
import type { BodyDetail } from './gateway-api.ts';

/** Properties of the initial input of a form. */
export type InputChoiceProps = {
  readonly bodies: readonly BodyDetail[];
  readonly inputs: BodyDetail['inputs'];
  /** Index of the selected media type. */
  readonly type: number;
  /** Index of the selected example. */
  readonly chosen: number;
  readonly choose: (type: number, example: number) => void;
};

/** Selects the media type of the body, and the example that the form starts with. */
export function InputChoice({ bodies, inputs, type, chosen, choose }: InputChoiceProps) {
  return (
    <>
      {bodies.length > 1 && (
        <div class="row">
          <label class="small soft" for="input-type">
            Body as
          </label>
          <select id="input-type" value={type} onChange={({ currentTarget }) => choose(Number(currentTarget.value), 0)}>
            {bodies.map(({ mediaType }, at) => (
              <option key={mediaType} value={at}>
                {mediaType}
              </option>
            ))}
          </select>
        </div>
      )}
      {inputs.length > 1 && (
        <div class="row">
          <label class="small soft" for="input-example">
            Example
          </label>
          <select
            id="input-example"
            value={chosen}
            onChange={({ currentTarget }) => choose(type, Number(currentTarget.value))}
          >
            {inputs.map(({ name }, at) => (
              <option key={name} value={at}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
}
