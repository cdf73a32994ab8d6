/** Loaded before one of our processes: shifts its clock by `CLOCK_OFF` milliseconds. */
const off = Number(process.env.CLOCK_OFF ?? 0);
const { now } = Date;
const Real = Date;
globalThis.Date = new Proxy(Real, {
  construct: (target, given) => Reflect.construct(target, given.length === 0 ? [now() + off] : given),
  get: (target, name) => (name === 'now' ? () => now() + off : Reflect.get(target, name)),
});
