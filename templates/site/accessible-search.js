/**
 * Roles of the search dialog of VitePress 1. Its dialog is a button that contains links, and its results are links inside
 * options. Here the dialog is a dialog, the input a combobox and each link an option.
 */
const CHANGES = [
  ['role="button"', 'role="dialog" aria-modal="true"'],
  [`:aria-owns="results?.length ? 'localsearch-list' : undefined"`, ''],
  ['aria-expanded="true"', ''],
  ['aria-haspopup="listbox"', ''],
  ['ref="searchInput"', 'ref="searchInput" role="combobox" :aria-expanded="results?.length > 0"'],
  [`:id="'localsearch-item-' + index"`, ''],
  [`:aria-selected="selectedIndex === index ? 'true' : 'false'"`, ''],
  ['role="option"', 'role="presentation"'],
  // A name is allowed only on an element with a role.
  ['<kbd :aria-label', '<kbd role="img" :aria-label'],
  [
    `:aria-label="[...p.titles, p.title].join(' > ')"`,
    `role="option" :id="'localsearch-item-' + index" :aria-selected="selectedIndex === index ? 'true' : 'false'"`,
  ],
];

/**
 * A plugin of Vite that changes the source of the dialog. It fails if a version of VitePress has a different source.
 */
export function accessibleSearch() {
  return {
    name: 'accessible-search',
    enforce: 'pre',
    transform(source, id) {
      if (!id.endsWith('VPLocalSearchBox.vue')) return undefined;
      return CHANGES.reduce((text, [from, to]) => {
        if (!text.includes(from)) this.error(`The search dialog of VitePress does not have ${from}`);
        return text.replaceAll(from, to);
      }, source);
    },
  };
}
