/** What an operation does with a resource. */
export type Action = 'create' | 'list' | 'read' | 'replace' | 'update' | 'delete';

/** `x-cs-mock` of an operation; false: it returns its examples. */
export type MockHint =
  | false
  | {
      readonly action: Action;
      readonly collection?: string;
      readonly parameter?: string;
      readonly id?: string;
      readonly item?: string;
      readonly items?: string;
    };
