import { type LocalDate } from "#domain/calendar.js";
import { type Client } from "../client.js";
import { type OpenInvoice, openInvoices } from "./open-invoices.js";
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
    const played = dayOf(day, client, ids);
    await Promise.all(stories.map((story) => playStory(story, played)));
    await onDay({ days: index + 1, ids: Object.fromEntries(ids) }, day);
  }
};

/** The days on which something happens, in order. */
export const daysOf = (stories: readonly Story[]): readonly LocalDate[] =>
  [...new Set(stories.flatMap(({ steps }) => steps.map(({ on }) => on)))].sort();

/** When the steps of a day are given. */
export const noon = (day: LocalDate): string => `${day}T12:00:00Z`;

/** What the steps of one day have in common. */
interface Day {
  readonly on: LocalDate;
  readonly client: Client;
  readonly ids: Map<string, string>;
  /** Of all customers, as they were when the day began: one request for all payments that nothing comes before. */
  readonly owed: () => Promise<readonly OpenInvoice[]>;
}

const dayOf = (on: LocalDate, client: Client, ids: Map<string, string>): Day => {
  let owed: Promise<readonly OpenInvoice[]> | undefined;
  return { on, client, ids, owed: () => (owed ??= openInvoices(client)) };
};

const playStory = async (story: Story, day: Day): Promise<void> => {
  const steps = story.steps
    .map((step, index) => ({ step, key: `demo/${story.name}/${index}` }))
    .filter(({ step }) => step.on === day.on);
  if (story.inAnyOrder === true) return playTogether(steps, day);
  for (const [index, { step, key }] of steps.entries()) await playStep(step, day, key, index === 0);
};

interface KeyedStep {
  readonly step: Step;
  readonly key: string;
}

/** All at once, each as soon as the names that it uses are known. */
const playTogether = async (steps: readonly KeyedStep[], day: Day): Promise<void> => {
  const made = new Map<string, Promise<void>>();
  await Promise.all(
    steps.map(({ step, key }) => {
      const needed = namesIn("pays" in step ? `$${step.pays}` : step.input).flatMap((name) => made.get(name) ?? []);
      const played = Promise.all(needed).then(() => playStep(step, day, key, false));
      if ("as" in step) made.set(step.as, played);
      return played;
    }),
  );
};

const namesIn = (value: Value): string[] => {
  if (typeof value === "string") return value.startsWith("$") ? [value.slice(1)] : [];
  return value === null || typeof value !== "object" ? [] : Object.values(value).flatMap(namesIn);
};

const playStep = async (step: Step, day: Day, key: string, isFirst: boolean): Promise<void> => {
  const { client, ids } = day;
  if ("pays" in step) return pay(step, day, key, isFirst);
  const input = await resolved(step.input, client, ids);
  const id = await client.mutate(step.give, input as object, key, step.answers);
  if (step.as !== undefined) ids.set(step.as, id);
};

/** What a start that was cut off has paid already is not open any more, or is paid by the same command. */
const pay = async ({ pays, method }: PaymentStep, day: Day, key: string, isFirst: boolean): Promise<void> => {
  const customerId = idOf(pays, day.ids);
  const open = isFirst ? await day.owed() : await openInvoices(day.client, customerId);
  for (const { id: invoiceId, number, openAmount: amount, customer } of open) {
    if (customer?.id !== customerId) continue;
    const input = { customerId, amount, invoiceId, method, reference: number };
    await day.client.mutate("recordPayment", input, `${key}/${number}`, "paymentId");
  }
};

interface Invoices {
  readonly invoices: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
}

const INVOICES = `query ($filter: InvoiceFilter!) {
  invoices(first: 1, filter: $filter, sort: { by: NUMBER }) { edges { node { id } } }
}`;

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
