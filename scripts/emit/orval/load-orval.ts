/** Orval as it is installed. The packed toolkit has a bundle of it in the place of this module. */
export const loadOrval = (): Promise<Pick<typeof import('orval'), 'generate'>> => import('orval');
