/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { LogEntry } from '../../log.ts';
import { gateway } from './gateway-api.ts';
import { editHref } from './use-route.ts';

/** Actions of a logged request: send it again, or open it in the form. */
export function EntryActions({ entry }: { readonly entry: LogEntry }) {
  const { id, provider, operation, outgoing } = entry;
  const [said, setSaid] = useState('');
  if (operation === undefined) return null;
  const resend = (): void => {
    setSaid('Sending …');
    gateway.resend(id).then(
      () => setSaid('Sent again.'),
      (error: Error) => setSaid(error.message),
    );
  };
  return (
    <span class="acts">
      <button type="button" class="quiet" aria-label={`Resend request ${id}`} onClick={resend}>
        Resend
      </button>
      {!outgoing && (
        <a class="button quiet" href={editHref(provider, operation, id)} aria-label={`Edit request ${id}`}>
          Edit
        </a>
      )}
      <span class="soft small" role="status">
        {said}
      </span>
    </span>
  );
}
