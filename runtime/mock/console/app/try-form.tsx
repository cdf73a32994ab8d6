/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { ExampleInput } from '../../types.ts';
import { type ConsoleState, gateway, type OperationState, type ProviderState, type Tried } from './gateway-api.ts';
import { InferredBadge } from './inferred-badge.tsx';
import { type Fields, keyOf, toFields, toInput } from './input-fields.ts';
import { TryResult } from './try-result.tsx';

/** Properties of the form that tries an operation. */
export type TryFormProps = {
  readonly state: ConsoleState;
  readonly provider: ProviderState;
  readonly operation: OperationState;
  /** What the header `Prefer` asks. */
  readonly prefer: string;
  readonly setPrefer: (prefer: string) => void;
};

const SPOIL_WORDS: Readonly<Record<string, string>> = {
  credentials: 'with wrong credentials',
  timestamp: 'with a clock a day behind',
  signature: 'with a wrong signature',
  replay: 'twice, the same bytes',
};

/** Signs and sends through the gateway; the secrets stay there. */
export function TryForm({ state, provider, operation, prefer, setPrefer }: TryFormProps) {
  const { id, inputs, answers, parameters, hasBody, security } = operation;
  const examples: readonly { readonly name: string; readonly input: ExampleInput }[] = inputs;
  const [chosen, setChosen] = useState(0);
  const example = examples[chosen]?.input ?? {};
  const [fields, setFields] = useState<Fields>(() => toFields(operation, example));
  const [spoil, setSpoil] = useState('');
  const [tried, setTried] = useState<Tried>();
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const choose = (at: number): void => {
    setChosen(at);
    setFields(toFields(operation, examples[at]?.input ?? {}));
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const input = toInput(operation, fields, example);
      setTried(await gateway.try({ provider: provider.name, operation: id, input, prefer, spoil }));
    } catch (error) {
      setTried(undefined);
      setFailure(error instanceof SyntaxError ? `The body is no JSON: ${error.message}` : (error as Error).message);
    }
    setBusy(false);
  };
  const sendOnKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
  };
  const kinds = new Set(security.flat().map(({ kind }) => kind));
  const spoils = state.spoils.filter((name) => (name === 'credentials' ? kinds.size > 0 : kinds.has('signature')));
  return (
    <>
      <form class="card" aria-label="Try it" onSubmit={(event) => void submit(event)} onKeyDown={sendOnKey}>
        <div class="row">
          <h2>Try it</h2>
          <span class="grow" />
          {examples.length > 1 && (
            <div class="row">
              <label class="small soft" for="input-example">
                Example
              </label>
              <select
                id="input-example"
                value={chosen}
                onChange={({ currentTarget }) => choose(Number(currentTarget.value))}
              >
                {examples.map(({ name }, at) => (
                  <option key={name} value={at}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
          )}
        </div>
        {parameters.length > 0 && (
          <div class="fields">
            {parameters.map((parameter) => {
              const key = keyOf(parameter);
              return (
                <div class="field" key={key}>
                  <label for={`in-${key}`}>
                    <code>{parameter.name}</code>
                    <span class="hint">
                      {parameter.in}
                      {parameter.required ? '' : ', optional'}
                    </span>
                    {parameter.inferred && <InferredBadge />}
                  </label>
                  <input
                    id={`in-${key}`}
                    class="mono"
                    value={fields.parameters[key] ?? ''}
                    onInput={({ currentTarget }) =>
                      setFields({ ...fields, parameters: { ...fields.parameters, [key]: currentTarget.value } })
                    }
                  />
                </div>
              );
            })}
          </div>
        )}
        {hasBody && (
          <div class="field">
            <label for="in-body">
              Body <span class="hint">JSON</span>
            </label>
            <textarea
              id="in-body"
              spellcheck={false}
              rows={Math.min(18, Math.max(3, fields.body.split('\n').length))}
              value={fields.body}
              onInput={({ currentTarget }) => setFields({ ...fields, body: currentTarget.value })}
            />
          </div>
        )}
        <div class="send">
          <div class="field">
            <label for="prefer">Answer</label>
            <select id="prefer" value={prefer} onChange={({ currentTarget }) => setPrefer(currentTarget.value)}>
              <option value="">the usual one</option>
              <option value="dynamic=true">made up from the schema</option>
              {answers.map(({ status, name, code, prefer: value }) => (
                <option key={value} value={value}>
                  {status}
                  {code === undefined || String(code) === status ? '' : ` · code ${code}`}
                  {name === undefined ? '' : ` · ${name}`}
                </option>
              ))}
            </select>
          </div>
          {spoils.length > 0 && (
            <div class="field">
              <label for="spoil">Send</label>
              <select id="spoil" value={spoil} onChange={({ currentTarget }) => setSpoil(currentTarget.value)}>
                <option value="">signed and right</option>
                {spoils.map((name) => (
                  <option key={name} value={name}>
                    {SPOIL_WORDS[name] ?? name}
                  </option>
                ))}
              </select>
            </div>
          )}
          <button type="submit" id="send" class="primary" disabled={busy}>
            {busy ? 'Sending …' : 'Send'}{' '}
            <span class="key" aria-hidden="true">
              Ctrl ↵
            </span>
          </button>
        </div>
        <div role="status">{failure !== '' && <p class="error">{failure}</p>}</div>
      </form>
      {tried && <TryResult tried={tried} />}
    </>
  );
}
