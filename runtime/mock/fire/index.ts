/** How providers call their users' servers; by the same client as is generated for them. */
export { askAndJudge } from './ask.ts';
export { fireEvents, unknownEvent } from './events.ts';
export { pushRows } from './push.ts';
export type { Delivery, DeliveryAttempt, Fire, FiredCall, FireReport, FireRequest } from './types.ts';
