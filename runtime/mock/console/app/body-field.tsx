/** @jsxImportSource preact */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { CodeEditor } from './code-editor.tsx';
import { FileField } from './file-field.tsx';
import { FormFields } from './form-fields.tsx';
import { type BodyDetail, type Flaw, gateway, type OperationDetail } from './gateway-api.ts';
import { type Fields, isForm, toInput } from './input-fields.ts';
import { locateFlaws, parseJson } from './json-problems.ts';

/** Properties of the request body in the form. */
export type BodyFieldProps = {
  readonly provider: string;
  readonly operation: string;
  readonly detail: OperationDetail;
  readonly body: BodyDetail;
  readonly fields: Fields;
  readonly setFields: (fields: Fields) => void;
};

const LABELS: Partial<Record<BodyDetail['kind'], string>> = {
  json: 'JSON',
  markup: 'XML',
  text: 'text',
  lines: 'one JSON value per line',
};

/** Milliseconds without a change before the body is validated. */
const PAUSE = 350;

/** Finds the violations of the contract in the body when typing pauses. An invalid body can still be sent. */
function useFlaws({ provider, operation, detail, body, fields }: BodyFieldProps): readonly Flaw[] {
  const [flaws, setFlaws] = useState<readonly Flaw[]>([]);
  useEffect(() => {
    let current = true;
    const ask = async (): Promise<void> => {
      if (body.kind === 'json' && parseJson(fields.text).problems.length > 0) return setFlaws([]);
      const input = toInput(detail, body, fields);
      const found = input.body === undefined ? [] : await gateway.check({ provider, operation, input });
      if (current) setFlaws(found);
    };
    const timer = setTimeout(() => void ask().catch(() => setFlaws([])), PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [provider, operation, detail, body, fields.text, fields.form]);
  return flaws;
}

/** Shows the request body as an editor, a form or a file, according to its media type. */
export function BodyField(props: BodyFieldProps) {
  const { body, fields, setFields, detail } = props;
  const flaws = useFlaws(props);
  const problems = useMemo(() => {
    if (body.kind !== 'json') return [];
    const { problems: syntax } = parseJson(fields.text);
    return syntax.length > 0 ? syntax : locateFlaws(fields.text, flaws);
  }, [body.kind, fields.text, flaws]);
  if (isForm(body))
    return (
      <FormFields body={body} form={fields.form} flaws={flaws} setForm={(form) => setFields({ ...fields, form })} />
    );
  const hint = `${LABELS[body.kind] ?? body.mediaType}${detail.bodyRequired ? '' : ', optional'}`;
  if (body.kind === 'binary')
    return (
      <FileField
        id="in-body"
        label="Body"
        hint={hint}
        files={fields.file ? [fields.file] : []}
        setFiles={([file]) => setFields({ ...fields, file })}
      />
    );
  return (
    <div class="field">
      <label for="in-body">
        Body <span class="hint">{hint}</span>
      </label>
      <CodeEditor
        id="in-body"
        key={body.mediaType}
        language={body.kind === 'json' ? 'json' : 'text'}
        value={fields.text}
        problems={problems}
        onInput={(text) => text !== fields.text && setFields({ ...fields, text })}
      />
    </div>
  );
}
