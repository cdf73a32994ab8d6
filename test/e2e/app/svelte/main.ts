import type { Component } from 'svelte';
import { mount } from 'svelte';
import { openClient } from '../settings.ts';

const { default: App } = (await import('./App.svelte' as string)) as { readonly default: Component<object> };
const target = document.getElementById('root');
if (!target) throw new Error('There is no element to draw into.');
mount(App, { target, props: { client: await openClient() } });
