import type { DefaultTheme, UserConfig } from 'vitepress';
import type { Section } from './pages.ts';

const link = (to: string): string => `/${to.replace(/index\.md$/, '').replace(/\.md$/, '')}`;

/** Settings of VitePress. Pages only load files of the site itself, so that it works offline. */
export function siteConfig(base: string, sections: readonly Section[], out: string): UserConfig<DefaultTheme.Config> {
  return {
    base,
    outDir: out,
    lang: 'en',
    title: 'Countersign',
    description: 'Spec-first clients, servers and mocks for partner APIs that sign.',
    head: [],
    lastUpdated: false,
    markdown: {
      html: true,
      theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    } as never,
    themeConfig: {
      search: { provider: 'local' },
      outline: { level: [2, 3] },
      nav: sections
        .filter(({ pages }) => pages.length > 0)
        .map(({ title, pages }) => ({ text: title, link: link(pages[0]?.to ?? '') })),
      sidebar: sections.map(({ title, pages }) => ({
        text: title,
        items: pages.map((page) => ({ text: page.title, link: link(page.to) })),
      })),
    },
  };
}
