import { commandOf } from "../../../apps/cli/scenario/play/command-of.js";
import { createCustomer, defineCatalog } from "../../../apps/cli/scenario/play/prepare.js";
import { Refused } from "../../../apps/cli/client.js";
import { type Scenario, type Step as ScenarioStep } from "../../../apps/cli/scenario/model.js";
import { readScenario } from "../../../apps/cli/scenario/validate/scenario.js";
import { compareText } from "#domain/by-day.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { discountEndOn } from "#domain/commitments/discount-end.js";
import { customerStatus, todayOf } from "#domain/customers/customer.js";
import { type Instant } from "#domain/calendar.js";
import { type Amount, big, format, sum, ZERO } from "#domain/money.js";
import { type DocumentSealed, type InvoiceSealed } from "#domain/invoicing/events.js";
import { stateOf } from "#domain/invoicing/invoice.js";
import { balanceDue } from "#domain/receivables/account.js";
import { accountOf, type Books, emptyBooks } from "#domain/receivables/books.js";
import { applied, type BookStep } from "#domain/receivables/movements.js";
import { type CreditNote, type Invoice, type Line, type Outcome } from "../outcome.js";
import { type Story } from "../story.js";
import { closeEnded, openFirstPeriods, settleLeftovers } from "./close.js";
import { takeReceivables } from "./documents.js";
import { type Issued, World } from "./world.js";

export interface Played {
  readonly scenario: Scenario;
  readonly world: World;
  readonly outcome: Outcome;
}

/**
 * Plays a story through the application on a store in memory, by the scenario player's own commands. What the worker
 * does beside it, closing periods and what a closing left, is done here by the domain.
 * @param scenario the story as the player reads it
 */
export const playInMemory = async (
  story: Story,
  scenario: Scenario = readScenario(JSON.stringify(story)),
): Promise<Played> => {
  const world = await World.of(scenario);
  const { player } = world;
  await defineCatalog(scenario.catalog, player);
  for (const customer of scenario.customers) await createCustomer(customer, player);
  if (player.differences.length > 0) throw new Error(JSON.stringify(player.differences));

  const steps: (string | null)[] = [];
  for (const step of scenario.steps) {
    await moveTo(world, step.at);
    const code = await attempt(world, step);
    if (code === null) {
      openFirstPeriods(world);
      await settleLeftovers(world);
      world.takeLate();
      takeReceivables(world);
    }
    steps.push(code);
  }
  await moveTo(world, scenario.endsAt);
  return { scenario, world, outcome: { steps, ...observed(world, story) } };
};

const moveTo = async (world: World, moment: Instant): Promise<void> => {
  world.moveTo(moment);
  await closeEnded(world);
  world.takeLate();
};

/** @returns the code that the step is refused with; null: it is accepted */
const attempt = async (world: World, step: ScenarioStep): Promise<string | null> => {
  try {
    const command = commandOf(step, world.ids, invoiceOf(world, step));
    if (command) await world.player.send(command);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
};

/**
 * As the player finds it, of the customer's of that date: the latest that is not void, or to be issued again the latest
 * that is the last one of its period, which is void.
 */
const invoiceOf = (world: World, { action }: ScenarioStep): string | null => {
  if (action.kind !== "voidInvoice" && action.kind !== "reissueInvoice") return null;
  const customerId = world.ids.get("customer", action.customer);
  const sealed = world.documents.flatMap(({ event }) =>
    event.type === "InvoiceSealed" && event.data.customerId === customerId ? [event.data] : [],
  );
  const fits = ({ invoiceId, period }: InvoiceSealed["data"]): boolean =>
    action.kind === "voidInvoice"
      ? !world.voided.has(invoiceId)
      : world.billedOf(customerId).voided.has(period.from) &&
        sealed.findLast((other) => other.period.from === period.from)?.invoiceId === invoiceId;
  const ofDate = sealed.filter(({ issuedOn }) => issuedOn === action.issued);
  return (ofDate.findLast(fits) ?? ofDate.at(-1))?.invoiceId ?? null;
};

const observed = (world: World, { customers }: Story): Omit<Outcome, "steps"> => {
  const customerNames = world.ids.names("customer");
  const commitmentNames = world.ids.names("assigned");
  const nameOf = (names: ReadonlyMap<string, string>, id: string): string => names.get(id) ?? id;
  const lineOf = (line: Issued["lines"][number]): Line => {
    const { kind, description, from, until, days, periodDays, fee, discount, discountOrigin, net } = line;
    const commitment = nameOf(commitmentNames, line.commitmentId);
    return { commitment, kind, description, from, until, days, periodDays, fee, discount, discountOrigin, net };
  };
  const { documents } = world;
  const shown = ({ customerId, event, lines }: Issued<DocumentSealed>) => ({
    customer: nameOf(customerNames, customerId),
    issued: event.data.issuedOn,
    total: event.data.total,
    lines: lines.map(lineOf),
  });
  const books = booksOf(world);
  return {
    invoices: documents
      .flatMap((document): Invoice[] => {
        const { customerId, event, lines } = document;
        if (event.type !== "InvoiceSealed") return [];
        const { invoiceId, dueOn, total } = event.data;
        const booked = books.get(customerId)?.invoices.find((each) => each.invoiceId === invoiceId);
        const state = world.voided.has(invoiceId)
          ? "VOID"
          : stateOf(total, booked?.open ?? "0", booked?.writtenOff ?? "0");
        return [{ ...shown({ customerId, event, lines }), due: dueOn, state }];
      })
      .sort((a, b) => compareText(a.issued, b.issued) || compareText(a.customer, b.customer)),
    creditNotes: documents.flatMap(({ customerId, event, lines }): CreditNote[] =>
      event.type === "CreditNoteSealed"
        ? [{ ...shown({ customerId, event, lines }), ...(event.data.purpose === "VOID" && { voids: true as const }) }]
        : [],
    ),
    commitments: [...world.all("commitment").values()].map((state) => {
      const { customer } = world.history(state.customerId);
      const today = todayOf(customer, world.now);
      const given = documents
        .flatMap(({ lines }) => lines)
        .filter((line) => line.commitmentId === state.commitmentId && line.discountOrigin === "COMMITMENT");
      return {
        commitment: nameOf(commitmentNames, state.commitmentId),
        status: statusOn(state, today),
        discountEndDate: discountEndOn(state, today),
        discountsGiven: format(sum(given.map(({ discount }) => big(discount))), customer.currency),
      };
    }),
    customers: customers.map(({ name, currency }) => {
      const customerId = world.ids.get("customer", name);
      const state = world.all("customer").get(customerId);
      const account = accountOf(books.get(customerId) ?? emptyBooks(currency));
      return {
        customer: name,
        status: state ? customerStatus(state, todayOf(state, world.now)) : "ACTIVE",
        balanceDue: balanceDue(account),
      };
    }),
  };
};

/** What each customer owes, in order of recording. */
const booksOf = ({ documents }: World): Map<string, Books> => {
  const books = new Map<string, Books>();
  const credits = new Map<string, Amount>();
  for (const [place, { customerId, event }] of documents.entries()) {
    const step = stepOf(event, place, credits);
    const currency = event.type === "InvoiceVoided" ? "" : event.data.currency;
    if (step) books.set(customerId, applied(books.get(customerId) ?? emptyBooks(currency), step, place));
  }
  return books;
};

/** @param credits what credit notes credit, by id: filled here */
const stepOf = (event: Issued["event"], place: number, credits: Map<string, Amount>): BookStep | null => {
  if (event.type === "InvoiceVoided") {
    const { invoiceId, creditNoteId } = event.data;
    return { kind: "VOID", invoiceId, creditNoteId, amount: credits.get(creditNoteId) ?? "0" };
  }
  const { currency, total, issuedOn } = event.data;
  if (event.type === "InvoiceSealed") {
    const { invoiceId, dueOn } = event.data;
    return { kind: "INVOICE", invoice: { invoiceId, issuedOn, dueOn, number: `${place}`.padStart(9, "0") }, total };
  }
  const { creditNoteId, invoiceId, purpose } = event.data;
  const amount = format(ZERO.minus(big(total)), currency);
  credits.set(creditNoteId, amount);
  return purpose === "VOID" ? null : { kind: "CREDIT_NOTE", creditNoteId, amount, invoiceId };
};
