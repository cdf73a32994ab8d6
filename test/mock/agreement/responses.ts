import { preferOf } from '../../../runtime/mock/console/state.ts';
import { createMakeInput } from '../../../runtime/mock/make-input.ts';
import type { BothServers } from './both-servers.ts';
import { toRequest, validRequests } from './requests.ts';

/** The result of requesting every declared response. */
export type Asked = { readonly asked: number; readonly wrong: readonly string[] };

const DYNAMIC = ['', 'dynamic=true, seed=1', 'dynamic=true, seed=2'];

/**
 * Requests every declared response of every operation from the mock, static and dynamic, and validates it with the
 * generated validator.
 */
export async function requestEveryResponse({ provider, validators, answer }: BothServers): Promise<Asked> {
  const makeInput = createMakeInput(provider.document);
  const wrong: string[] = [];
  let asked = 0;
  for (const operation of provider.operations) {
    const { id } = operation.descriptor;
    const { value: kept } = await validRequests(provider, operation, makeInput, [undefined]).next();
    if (kept === undefined || typeof kept === 'string') {
      wrong.push(`${id} was not sent`);
      continue;
    }
    for (const declared of operation.responses)
      for (const dynamic of DYNAMIC) {
        const { status, mediaType } = declared;
        const prefer = [preferOf(declared), dynamic].filter((part) => part !== '').join(', ');
        const request = toRequest(kept);
        request.headers.set('prefer', prefer);
        if (mediaType !== undefined) request.headers.set('accept', mediaType);
        const response = await answer(request);
        const text = await response.text();
        asked += 1;
        const what = `${id} ${status} ${mediaType ?? ''} ${prefer}`;
        const isWanted = /^\d{3}$/.test(status) ? response.status === Number(status) : response.status >= 100;
        if (!isWanted) wrong.push(`${what}: status ${response.status} ${text.slice(0, 200)}`);
        const validator = validators.get(id)?.responses[status]?.[mediaType ?? ''];
        if (!isWanted || validator === undefined || response.status === 204 || !/[/+]json\b/.test(mediaType ?? ''))
          continue;
        const { issues } = await validator['~standard'].validate(JSON.parse(text));
        if (issues) wrong.push(`${what}: ${JSON.stringify(issues[0])} in ${text.slice(0, 200)}`);
      }
  }
  return { asked, wrong };
}
