import { type Story } from "../story.js";
import { dayOf, textOf } from "./calendar.js";
import { type Charge } from "./charges.js";
import { runningPeriod } from "./cycles.js";
import { chargedIn } from "./due.js";
import { formatMoney, type Minor } from "./money.js";
import { createWorld, finish, play } from "./run.js";
import { type Customer, type World } from "./world.js";

/** The story with a later end: the periods that run at its end have ended too, so that what was dated back is billed. */
export function withEverythingClosed(story: Story): Story {
  const world = createWorld(story);
  for (const step of story.steps) play(world, step);
  finish(world, story, story.until);
  return everythingClosed(story, world);
}

/** The same, where the model has played the story. @param world at its end */
export function everythingClosed(story: Story, world: World): Story {
  const last = Math.max(dayOf(story.until), ...world.customers.map((customer) => runningPeriod(world, customer).to));
  return { ...story, until: textOf(last + 1) };
}

/** The world at the end of a story, with everything closed. */
export function played(story: Story): World {
  const closed = withEverythingClosed(story);
  const world = createWorld(closed);
  for (const step of closed.steps) play(world, step);
  finish(world, closed, closed.until);
  return world;
}

/** What was billed in total, by customer and commitment: fee, discount given by the commitment, net. */
export const totals = (world: World): Record<string, string> =>
  summed(world, ({ receivables }) => receivables.documents.flatMap(({ charges }) => charges));

/** What the history comes to, in the periods that are closed and not voided, fees that went with a void apart. */
export const totalsNow = (world: World): Record<string, string> =>
  summed(world, (customer) =>
    customer.receivables.periods.flatMap((period) => {
      if (period.isVoid) return [];
      const gone = [...period.gone.keys()];
      return chargedIn(world, customer, period).filter(
        ({ row, kind, from }) => !gone.some((key) => key.startsWith(`${row.id} `) && key.endsWith(` ${kind} ${from}`)),
      );
    }),
  );

function summed({ customers }: World, chargesOf: (customer: Customer) => Charge[]): Record<string, string> {
  const sums = new Map<string, { fee: Minor; given: Minor; net: Minor }>();
  for (const customer of customers) {
    for (const { commitment, fee, discount, origin } of chargesOf(customer)) {
      const key = `${customer.name} ${commitment?.name ?? "?"} ${customer.currency}`;
      const sum = sums.get(key) ?? { fee: 0n, given: 0n, net: 0n };
      sum.fee += fee;
      sum.net += fee - discount;
      if (origin === "COMMITMENT") sum.given += discount;
      sums.set(key, sum);
    }
  }
  const shown = [...sums].map(([key, { fee, given, net }]): [string, string] => {
    const currency = key.split(" ").at(-1) ?? "";
    return [key, [fee, given, net].map((amount) => formatMoney(amount, currency)).join(" / ")];
  });
  return Object.fromEntries(shown.filter(([, text]) => /[1-9]/.test(text)).sort());
}
