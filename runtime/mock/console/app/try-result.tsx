/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks';
import { CodeBlock, CopyButton, pretty } from './code-block.tsx';
import type { Tried } from './gateway-api.ts';

const lines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

/** Shows the request, the signed string, the response, and the request as code. */
export function TryResult({ tried }: { readonly tried: Tried }) {
  const { request, signed, response, ms, error, snippets } = tried;
  const good = response !== undefined && error === undefined;
  const said = response === undefined ? 'no response' : `HTTP ${response.status}`;
  const top = useRef<HTMLElement>(null);
  // If the form is long, the result would not be visible without scrolling.
  useEffect(() => top.current?.scrollIntoView({ block: 'nearest' }), [tried]);
  return (
    <section class="card result" aria-label="Result" role="status" ref={top}>
      <div class="row">
        <h2>Result</h2>
        <span class={`status ${good ? 'good' : 'bad'}`}>{said}</span>
        <span class="soft small">{ms.toFixed(1)} ms</span>
        <span class="grow" />
        {snippets && (
          <>
            <span class="soft small">Copy as</span>
            <CopyButton text={snippets.curl} what="as curl" label="curl" />
            <CopyButton text={snippets.fetch} what="as fetch" label="fetch" />
            <CopyButton text={snippets.client} what="as generated client" label="client" />
          </>
        )}
      </div>
      {error !== undefined && <p class="error">{error}</p>}
      {signed.map(({ scheme, algorithm, message }) => (
        <CodeBlock
          key={scheme}
          title={`String that ${scheme} signs`}
          text={message}
          aside={<span class="badge">{algorithm}</span>}
        />
      ))}
      <div class="pair">
        {request && (
          <CodeBlock
            title="Request"
            text={[`${request.method} ${request.url}`, lines(request.headers), '', pretty(request.body)]
              .join('\n')
              .trim()}
          />
        )}
        {response && (
          <CodeBlock
            title="Response"
            text={response.body === '' ? '(no body)' : pretty(response.body)}
            aside={<span class={`status ${good ? 'good' : 'bad'}`}>{said}</span>}
          />
        )}
      </div>
      {snippets?.note && <p class="soft small">{snippets.note}</p>}
    </section>
  );
}
