/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { FileField } from './file-field.tsx';
import type { BodyDetail, FieldDetail, Flaw } from './gateway-api.ts';
import { type Fields, type FieldValue, idFor } from './input-fields.ts';
import { ValueField } from './value-field.tsx';

/** Properties of a body that is a form. */
export type FormFieldsProps = {
  readonly body: BodyDetail;
  readonly form: Fields['form'];
  readonly flaws: readonly Flaw[];
  readonly setForm: (form: Fields['form']) => void;
};

const undescribed = (name: string): FieldDetail => ({
  name,
  required: false,
  type: 'any',
  description: '',
  choices: [],
  default: '',
  file: false,
  json: false,
});

/** Shows a form, urlencoded or multipart: the fields that the contract describes, and additional ones. */
export function FormFields({ body, form, flaws, setForm }: FormFieldsProps) {
  const [added, setAdded] = useState('');
  const known = new Set(body.fields.map(({ name }) => name));
  const others = Object.keys(form).filter((name) => !known.has(name));
  const fields = [...body.fields, ...others.map(undescribed)];
  const put = (name: string, value: FieldValue): void => setForm({ ...form, [name]: value });
  const add = (isFile: boolean): void => {
    if (added !== '' && !Object.hasOwn(form, added)) put(added, isFile ? [] : '');
    setAdded('');
  };
  const general = flaws.filter(({ path: [first] }) => !fields.some(({ name }) => name === first));
  return (
    <fieldset class="form">
      <legend>
        Body <span class="hint">{body.mediaType}</span>
      </legend>
      <div class="fields">
        {fields.map((field) => {
          const { name } = field;
          const id = idFor('in-form', name);
          const value = form[name] ?? '';
          if ((field.file && typeof value !== 'string') || (field.file && value === '') || typeof value !== 'string')
            return (
              <FileField
                key={name}
                id={id}
                label={name}
                hint={`file, ${field.required ? 'required' : 'optional'}`}
                description={field.description}
                many={field.type.endsWith('[]')}
                files={typeof value === 'string' ? [] : value}
                setFiles={(files) => put(name, files)}
              />
            );
          const own = flaws.filter(({ path: [first] }) => first === name).map(({ message }) => message);
          return (
            <ValueField
              key={name}
              id={id}
              facts={field}
              value={value}
              setValue={(text) => put(name, text)}
              problems={own}
            />
          );
        })}
      </div>
      {general.map(({ path, message }) => (
        <p key={`${path.join('.')} ${message}`} class="bad-text small">
          {['body', ...path].join('.')}: {message}
        </p>
      ))}
      <div class="row">
        <label class="small soft" for="in-form-added">
          Add a field
        </label>
        <input
          id="in-form-added"
          class="mono short"
          value={added}
          onInput={({ currentTarget }) => setAdded(currentTarget.value)}
        />
        <button type="button" disabled={added === ''} onClick={() => add(false)}>
          Add text
        </button>
        {body.kind === 'multipart' && (
          <button type="button" disabled={added === ''} onClick={() => add(true)}>
            Add file
          </button>
        )}
      </div>
    </fieldset>
  );
}
