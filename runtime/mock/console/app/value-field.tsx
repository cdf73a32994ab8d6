/** @jsxImportSource preact */
import { Inline } from './code-block.tsx';
import type { FieldDetail } from './gateway-api.ts';
import { InferredBadge } from './inferred-badge.tsx';

/** Properties of a field with one value as text. */
export type ValueFieldProps = {
  readonly id: string;
  readonly facts: FieldDetail & { readonly inferred?: boolean };
  /** The location of the value, such as `query`. */
  readonly place?: string;
  readonly sample?: unknown;
  readonly value: string;
  readonly setValue: (value: string) => void;
  readonly problems?: readonly string[];
};

const show = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Shows a parameter or a field of a form: its name, type, description and value. */
export function ValueField({ id, facts, place, sample, value, setValue, problems = [] }: ValueFieldProps) {
  const { name, type, required, description, choices, inferred, default: usual } = facts;
  const hint = [place, type, required ? 'required' : 'optional'].filter(Boolean).join(', ');
  const isKnown = value === '' || choices.includes(value);
  const notes = [description, usual === '' ? '' : `Default: \`${usual}\``].filter((note) => note !== '');
  const described = notes.length > 0 || problems.length > 0 ? { 'aria-describedby': `${id}-notes` } : {};
  return (
    <div class="field">
      <label for={id}>
        <code>{name}</code>
        <span class="hint">{hint}</span>
        {inferred && <InferredBadge />}
      </label>
      {choices.length > 0 && isKnown ? (
        <select
          id={id}
          class="mono"
          {...described}
          value={value}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        >
          <option value="">{required ? '(omitted)' : '(not sent)'}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          class="mono"
          {...described}
          aria-invalid={problems.length > 0}
          placeholder={show(sample).slice(0, 80)}
          value={value}
          onInput={({ currentTarget }) => setValue(currentTarget.value)}
        />
      )}
      {(notes.length > 0 || problems.length > 0) && (
        <div class="small notes" id={`${id}-notes`}>
          {problems.map((problem) => (
            <p key={problem} class="bad-text">
              {problem}
            </p>
          ))}
          {notes.map((note) => (
            <p key={note} class="soft">
              <Inline text={note.replace(/\s+/g, ' ')} />
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
