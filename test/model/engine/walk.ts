import { addDays, type Instant, type LocalDate, startOfDay, type TimeZone } from "#domain/calendar.js";
import { cycleOn } from "#domain/customers/customer.js";
import { closeEnded } from "./close.js";
import { collectDue, liftPaid } from "./collection.js";
import { nextSignals, signalDue } from "./signals.js";
import { type World } from "./world.js";

/** As the clock's walk does it: for each moment with something due, the day's work is done for all customers. */
export const walkTo = async (world: World, until: Instant): Promise<void> => {
  for (let recorded = -1; ;) {
    const moment = nextMoment(world);
    if (moment === null || moment > until) break;
    // What is due and done by nobody would be due for ever.
    const { length } = world.session.store.log;
    if (moment <= world.now && recorded === length) break;
    recorded = length;
    if (moment > world.now) world.moveTo(moment);
    await signalDue(world);
    await closeEnded(world);
    await liftPaid(world);
    await collectDue(world);
  }
  world.moveTo(until);
};

/** The first moment with something due; null: nothing ever is. */
const nextMoment = (world: World): Instant | null => {
  const due = [
    ...nextSignals(world),
    ...world.closesNext(),
    ...world.collection.all.flatMap(({ customer_id: customerId, next_step_on: on }) =>
      on === null ? [] : [{ customerId, on }],
    ),
  ];
  return due.reduce<Instant | null>((first, { customerId, on }) => {
    const moment = beginningOf(world, customerId, on);
    return first === null || moment < first ? moment : first;
  }, null);
};

/** A zone is in force until the last period in it has ended, at its own midnight. */
const beginningOf = ({ customers }: World, customerId: string, day: LocalDate): Instant => {
  const customer = customers.get(customerId);
  if (!customer) throw new Error(`${customerId} was not created`);
  const zone = cycleOn(customer, addDays(day, -1)).timeZone;
  const inZone = beginnings.get(zone) ?? new Map<LocalDate, Instant>();
  beginnings.set(zone, inZone);
  const known = inZone.get(day) ?? startOfDay(day, zone);
  inZone.set(day, known);
  return known;
};

/** Of days, by zone: looking them up takes long. */
const beginnings = new Map<TimeZone, Map<LocalDate, Instant>>();
