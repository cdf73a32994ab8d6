/** @jsxImportSource preact */
import type { OperationDetail } from './gateway-api.ts';

/** Properties of the bar that sends a request. */
export type SendBarProps = {
  readonly spoils: readonly string[];
  readonly detail: OperationDetail;
  readonly prefer: string;
  readonly setPrefer: (prefer: string) => void;
  readonly spoil: string;
  readonly setSpoil: (spoil: string) => void;
  readonly busy: boolean;
};

const SPOIL_WORDS: Readonly<Record<string, string>> = {
  credentials: 'with wrong credentials',
  timestamp: 'with a timestamp one day behind',
  signature: 'with a wrong signature',
  replay: 'twice with the same bytes',
};

/** Shows the preferred response, the intentional errors of the request, and the button that sends it. */
export function SendBar({ spoils, detail, prefer, setPrefer, spoil, setSpoil, busy }: SendBarProps) {
  const kinds = new Set(detail.security.flat().map(({ kind }) => kind));
  const fitting = spoils.filter((name) => (name === 'credentials' ? kinds.size > 0 : kinds.has('signature')));
  return (
    <div class="send">
      <div class="field">
        <label for="prefer">Response</label>
        <select id="prefer" value={prefer} onChange={({ currentTarget }) => setPrefer(currentTarget.value)}>
          <option value="">the default one</option>
          <option value="dynamic=true">generated from the schema</option>
          {detail.responses.map(({ status, name, code, prefer: value }) => (
            <option key={value} value={value}>
              {status}
              {code === undefined || String(code) === status ? '' : ` · code ${code}`}
              {name === undefined ? '' : ` · ${name}`}
            </option>
          ))}
        </select>
      </div>
      {fitting.length > 0 && (
        <div class="field">
          <label for="spoil">Send</label>
          <select id="spoil" value={spoil} onChange={({ currentTarget }) => setSpoil(currentTarget.value)}>
            <option value="">signed and valid</option>
            {fitting.map((name) => (
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
  );
}
