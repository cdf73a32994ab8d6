import type { Preset } from '../init/presets.ts';

type Place = { readonly in?: string; readonly name?: string; readonly pointer?: string };

const WORDS: Readonly<Record<string, string>> = {
  header: 'the header',
  query: 'the query parameter',
  body: 'the property',
  form: 'the form field',
};

const placeText = ({ in: place = '', name, pointer }: Place): string =>
  `${WORDS[place] ?? place} \`${name ?? pointer}\``;

/** Who can make a copy count as another message. An id in a header is not signed. */
const unsignedText = ({ in: place }: Place): string =>
  place === 'header' ? ' The header is not signed, so a copy with a different id is a different message.' : '';

const periodText = (seconds: number): string => (seconds === 86_400 ? '1 day' : `${seconds} s`);

/** A sentence of the catalogue: the effect of a request that is sent again without changes. */
export function repeatedText({ signing, delivery, repeated }: Preset): string {
  const { replay, nonce, id, timestamp } = signing as {
    readonly replay?: string;
    readonly nonce?: { readonly form?: string };
    readonly id?: Place;
    readonly timestamp?: { readonly tolerance: number; readonly window?: { readonly max?: number } };
  };
  if (delivery) {
    const late = timestamp ? ` After ${periodText(timestamp.tolerance)}, it is rejected.` : '';
    return `Sent again: a webhook is handled once, by the id in ${placeText(delivery)} (\`x-cs-delivery\`), and gets the same response as before.${late}${unsignedText(delivery)}`;
  }
  if (id) return `Sent again: handled once, by the id in ${placeText(id)}, and gets the same response as before.`;
  if (nonce && replay !== 'none')
    return nonce.form === 'counter'
      ? 'Sent again: rejected, because its nonce is not larger than the last one of the same caller. Send one request at a time: a request that arrives late is rejected, too.'
      : 'Sent again: rejected, because its nonce was used.';
  if (timestamp) {
    const { tolerance, window } = timestamp;
    const longest = window?.max === undefined ? '' : `, or as long as the request states, at most ${window.max} s`;
    return `Sent again: accepted for ${periodText(tolerance)}${longest}. With \`replay: signature\`, it is rejected.`;
  }
  return `Sent again: accepted. ${repeated ?? ''}`.trim();
}
