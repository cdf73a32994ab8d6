import { DailyplayPlugin, useConsumeSession, useValidateSession } from '@countersign/dailyplay/vue';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp, defineComponent, h, ref } from 'vue';
import { openClient } from './settings.ts';

/** A session by its token. Each token has its own query. */
const Session = defineComponent(() => {
  const token = ref('a1b2c3d4-e5f6-7890-abcd-ef1234567890');
  const session = useValidateSession(() => ({ query: { token: token.value } }), { query: { retry: false } });
  const consume = useConsumeSession();
  const typed = (event: Event): void => {
    token.value = (event.target as HTMLInputElement).value;
  };
  return () =>
    h('main', [
      h('label', ['Token ', h('input', { value: token.value, onInput: typed })]),
      session.isPending.value && h('p', 'Loading …'),
      session.error.value && h('p', { role: 'alert' }, session.error.value.name),
      session.data.value && h('p', { id: 'status' }, session.data.value.status),
      h('button', { onClick: () => consume.mutate({ data: { body: { token: token.value } } }) }, 'Consume'),
      consume.error.value && h('p', { id: 'failure' }, consume.error.value.name),
      consume.data.value && h('output', JSON.stringify(consume.data.value)),
    ]);
});

createApp(Session)
  .use(VueQueryPlugin)
  .use(DailyplayPlugin, { client: await openClient() })
  .mount('#root');
