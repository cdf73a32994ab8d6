/** The effect of an operation on a resource. */
export type Action = 'create' | 'list' | 'read' | 'replace' | 'update' | 'delete';

/** The value of `x-cs-mock` of an operation. False: it returns its examples. */
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
