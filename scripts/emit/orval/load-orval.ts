/** Orval as it is installed. The packed toolkit replaces this module by a bundle of it. */
export const loadOrval = (): Promise<Pick<typeof import('orval'), 'generate'>> => import('orval');
