/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { BodyField } from './body-field.tsx';
import { Inline } from './code-block.tsx';
import {
  type ConsoleState,
  gateway,
  type OperationDetail,
  type OperationState,
  type ProviderState,
  type Tried,
} from './gateway-api.ts';
import { InputChoice } from './input-choice.tsx';
import { type Fields, idFor, keyOf, toFields, toInput } from './input-fields.ts';
import { SendBar } from './send-bar.tsx';
import { TryResult } from './try-result.tsx';
import { ValueField } from './value-field.tsx';

/** Properties of the form that tries an operation. */
export type TryFormProps = {
  readonly state: ConsoleState;
  readonly provider: ProviderState;
  readonly operation: OperationState;
  readonly detail: OperationDetail;
  /** The entry of the log whose input the form starts with. */
  readonly entry: number | undefined;
  /** The value of the header `Prefer`. */
  readonly prefer: string;
  readonly setPrefer: (prefer: string) => void;
};

/** Signs and sends a request through the gateway. Secrets stay in the gateway. */
export function TryForm({ state, provider, operation, detail, entry, prefer, setPrefer }: TryFormProps) {
  const { id } = operation;
  const { bodies, parameters } = detail;
  const [type, setType] = useState(0);
  const body = bodies[type];
  const inputs = body?.inputs ?? detail.inputs;
  const [chosen, setChosen] = useState(0);
  const [fields, setFields] = useState<Fields>(() => toFields(detail, body, inputs[0]?.input ?? {}));
  const [spoil, setSpoil] = useState('');
  const [tried, setTried] = useState<Tried>();
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const choose = (nextType: number, at: number): void => {
    const next = bodies[nextType];
    setType(nextType);
    setChosen(at);
    setFields(toFields(detail, next, (next?.inputs ?? detail.inputs)[at]?.input ?? {}));
  };
  useEffect(() => {
    if (entry === undefined) return;
    gateway.load(entry).then(
      (input) => {
        const at = Math.max(
          0,
          bodies.findIndex(({ mediaType }) => mediaType === input.contentType),
        );
        setType(at);
        setFields(toFields(detail, bodies[at], input));
      },
      (error: Error) => setFailure(error.message),
    );
  }, [entry, detail]);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const input = toInput(detail, body, fields);
      setTried(await gateway.try({ provider: provider.name, operation: id, input, prefer, spoil }));
    } catch (error) {
      setTried(undefined);
      setFailure(
        error instanceof SyntaxError ? 'The body is not valid JSON. Fix the marked lines.' : (error as Error).message,
      );
    }
    setBusy(false);
  };
  const sendOnKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
  };
  return (
    <>
      <form class="card" aria-label="Try it" noValidate onSubmit={(event) => void submit(event)} onKeyDown={sendOnKey}>
        <div class="row">
          <h2>Try it</h2>
          <span class="grow" />
          <InputChoice bodies={bodies} inputs={inputs} type={type} chosen={chosen} choose={choose} />
        </div>
        {parameters.length > 0 && (
          <div class="fields">
            {parameters.map((parameter) => {
              const key = keyOf(parameter);
              return (
                <ValueField
                  key={key}
                  id={idFor('in', key)}
                  facts={parameter}
                  place={parameter.in}
                  sample={parameter.sample}
                  value={fields.parameters[key] ?? ''}
                  setValue={(value) => setFields({ ...fields, parameters: { ...fields.parameters, [key]: value } })}
                />
              );
            })}
          </div>
        )}
        {body && (
          <BodyField
            provider={provider.name}
            operation={id}
            detail={detail}
            body={body}
            fields={fields}
            setFields={setFields}
          />
        )}
        <SendBar
          spoils={state.spoils}
          detail={detail}
          prefer={prefer}
          setPrefer={setPrefer}
          spoil={spoil}
          setSpoil={setSpoil}
          busy={busy}
        />
        <div role="status">
          {failure !== '' && (
            <p class="error">
              <Inline text={failure} />
            </p>
          )}
        </div>
      </form>
      {tried && <TryResult tried={tried} />}
    </>
  );
}
