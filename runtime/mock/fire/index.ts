/** Calls the servers of users as providers do, with the client that is generated for them. */
export { askAndJudge } from './ask.ts';
export { fireEvents, unknownEvent } from './events.ts';
export { pushRows } from './push.ts';
export type { Delivery, DeliveryAttempt, Fire, FiredCall, FireReport, FireRequest } from './types.ts';
