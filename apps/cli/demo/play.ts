import { type LocalDate } from "#domain/calendar.js";
import { type Client } from "../client.js";
import { type Progress } from "./progress.js";
import { type Input, type InvoiceOf, type PaymentStep, type Step, type Story, type Value } from "./story.js";

/** A step names something that no earlier one has made. */
export class UnknownName extends Error {
  override name = "UnknownName";
}

/**
 * Plays the days of stories that are not over yet, each at noon UTC of the provider's test clock. Stories go on
 * concurrently on a day. A day that was cut off is played again: its steps have the same idempotency keys, so they
 * answer what they answered before.
 * @param before what is over
 * @param onDay called when a day is over
 * @throws Refused, NoAnswer
 */
export const play = async (
  stories: readonly Story[],
  client: Client,
  before: Pick<Progress, "days" | "ids">,
  onDay: (over: Pick<Progress, "days" | "ids">, day: LocalDate) => Promise<void>,
): Promise<void> => {
  const ids = new Map(Object.entries(before.ids));
  const days = daysOf(stories);
  for (const [index, day] of days.entries()) {
    if (index < before.days) continue;
    if (index === 0) await client.mutate("setTestClock", { at: noon(day) }, "demo/clock");
    else await client.mutate("advanceTestClock", { to: noon(day) }, `demo/clock/${day}`);
    await Promise.all(stories.map((story) => playDay(story, day, client, ids)));
    await onDay({ days: index + 1, ids: Object.fromEntries(ids) }, day);
  }
};

/** The days on which something happens, in order. */
export const daysOf = (stories: readonly Story[]): readonly LocalDate[] =>
  [...new Set(stories.flatMap(({ steps }) => steps.map(({ on }) => on)))].sort();

const noon = (day: LocalDate): string => `${day}T12:00:00Z`;

const playDay = async ({ name, steps }: Story, day: LocalDate, client: Client, ids: Map<string, string>) => {
  for (const [index, step] of steps.entries()) {
    if (step.on === day) await playStep(step, client, `demo/${name}/${index}`, ids);
  }
};

const playStep = async (step: Step, client: Client, key: string, ids: Map<string, string>): Promise<void> => {
  if ("pays" in step) return pay(step, client, key, idOf(step.pays, ids));
  const input = await resolved(step.input, client, ids);
  const id = await client.mutate(step.give, input as object, key, step.answers);
  if (step.as !== undefined) ids.set(step.as, id);
};

interface Invoices {
  readonly invoices: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly number: string; readonly openAmount: string };
    }[];
  };
}

const INVOICES = `query ($filter: InvoiceFilter!) {
  invoices(first: 200, filter: $filter, sort: { by: NUMBER }) { edges { node { id number openAmount } } }
}`;

/** What a start that was cut off has paid already is not open any more, or is paid by the same command. */
const pay = async ({ on, method }: PaymentStep, client: Client, key: string, customerId: string): Promise<void> => {
  const filter = { customerId, issuedUntil: on };
  const { invoices } = await client.query<Invoices>(INVOICES, { filter });
  for (const { node } of invoices.edges) {
    if (/^0+(\.0+)?$/.test(node.openAmount)) continue;
    const input = { customerId, amount: node.openAmount, invoiceId: node.id, method, reference: node.number };
    await client.mutate("recordPayment", input, `${key}/${node.number}`, "paymentId");
  }
};

/** A value of an input, with ids in the place of names. @throws UnknownName */
const resolved = async (value: Value, client: Client, ids: ReadonlyMap<string, string>): Promise<unknown> => {
  if (typeof value === "string") return value.startsWith("$") ? idOf(value.slice(1), ids) : value;
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return Promise.all(value.map((item) => resolved(item, client, ids)));
  if (isInvoiceOf(value)) return invoiceOf(value, client, ids);
  const fields = Object.entries(value).map(async ([field, own]) => [field, await resolved(own, client, ids)] as const);
  return Object.fromEntries(await Promise.all(fields));
};

const isList = (value: object): value is readonly Value[] => Array.isArray(value);

const isInvoiceOf = (value: Input | InvoiceOf): value is InvoiceOf => typeof value["invoiceOf"] === "string";

const invoiceOf = async (
  { invoiceOf: name, issued }: InvoiceOf,
  client: Client,
  ids: ReadonlyMap<string, string>,
): Promise<string> => {
  const filter = { customerId: idOf(name, ids), issuedFrom: issued, issuedUntil: issued };
  const [first] = (await client.query<Invoices>(INVOICES, { filter })).invoices.edges;
  if (first === undefined) throw new UnknownName(`${name} has no invoice of ${issued}`);
  return first.node.id;
};

const idOf = (name: string, ids: ReadonlyMap<string, string>): string => {
  const id = ids.get(name);
  if (id === undefined) throw new UnknownName(`nothing is called "${name}"`);
  return id;
};
