import { compareText } from "#domain/by-day.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { discountEndOn } from "#domain/commitments/discount-end.js";
import { type Customer, customerStatus, todayOf } from "#domain/customers/customer.js";
import { type DocumentSealed } from "#domain/invoicing/events.js";
import { stateOf, stateOn } from "#domain/invoicing/invoice.js";
import { big, format, sum, ZERO } from "#domain/money.js";
import { callsOf, type CallsRecorded } from "#domain/voice/events.js";
import { type Xdr } from "#domain/voice/xdr.js";
import { balanceDue } from "#domain/receivables/account.js";
import { accountOf } from "#domain/receivables/books.js";
import { type CallState, type CreditNote, type Invoice, type Line, type Outcome, type Told } from "../outcome.js";
import { type Story } from "../story.js";
import { type Issued, type World } from "./world.js";

/** What a story has come to by now. */
export const observed = (world: World, { customers }: Story): Omit<Outcome, "steps"> => {
  const customerNames = world.ids.names("customer");
  const commitmentNames = world.ids.names("assigned");
  const nameOf = (names: ReadonlyMap<string, string>, id: string): string => names.get(id) ?? id;
  const lineOf = (line: Issued["lines"][number]): Line => {
    const { kind, description, from, until, days, periodDays, fee, discount, discountOrigin, net } = line;
    const commitment = line.commitmentId === null ? null : nameOf(commitmentNames, line.commitmentId);
    const told = { commitment, kind, description, from, until, days, periodDays, fee, discount, discountOrigin, net };
    return { ...told, ...line.usage };
  };
  const { documents } = world;
  const shown = ({ customerId, event, lines }: Issued<DocumentSealed>) => ({
    customer: nameOf(customerNames, customerId),
    issued: event.data.issuedOn,
    total: event.data.total,
    lines: lines.map(lineOf),
  });
  return {
    invoices: documents
      .flatMap((document): Invoice[] => {
        const { customerId, event, lines } = document;
        if (event.type !== "InvoiceSealed") return [];
        const { invoiceId, dueOn, total } = event.data;
        const { currency, invoices } = world.booksOf(customerId);
        const booked = invoices.find((each) => each.invoiceId === invoiceId);
        const open = booked?.open ?? format(ZERO, currency);
        const state = booked ? stateOf(total, open, booked.writtenOff) : "VOID";
        const today = todayOf(customerIn(world, customerId), world.now);
        const shownState = stateOn({ state, dueOn, open }, today);
        return [{ ...shown({ customerId, event, lines }), due: dueOn, open, state: shownState }];
      })
      .sort((a, b) => compareText(a.issued, b.issued) || compareText(a.customer, b.customer)),
    creditNotes: documents.flatMap(({ customerId, event, lines }): CreditNote[] =>
      event.type === "CreditNoteSealed"
        ? [{ ...shown({ customerId, event, lines }), ...(event.data.purpose === "VOID" && { voids: true as const }) }]
        : [],
    ),
    commitments: [...world.all("commitment").values()].map((state) => {
      const customer = customerIn(world, state.customerId);
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
    customers: customers.map(({ name }) => {
      const customerId = world.ids.get("customer", name);
      const state = world.all("customer").get(customerId);
      return {
        customer: name,
        status: state ? customerStatus(state, todayOf(state, world.now)) : "ACTIVE",
        balanceDue: balanceDue(accountOf(world.booksOf(customerId))),
      };
    }),
    statements: customers.map(({ name }) => ({
      customer: name,
      movements: world.movements.get(world.ids.get("customer", name)) ?? [],
    })),
    outbound: (
      [
        ...world.mails.map((wanted) => ({ to: "EMAIL", ...wanted })),
        ...world.odoo.map((wanted) => ({ to: "ODOO", ...wanted })),
        ...world.zendesk.map((wanted) => ({ to: "ZENDESK", ...wanted })),
      ] as const
    ).map(({ to, kind, customerId, on }) => {
      return { to, event: kind, customer: nameOf(customerNames, customerId), on } as Told;
    }),
    calls: callsIn(world),
  };
};

/** As they are now: one that was given an amount was recorded again. */
const callsIn = (world: World): CallState[] => {
  const recorded = world.session.store.log.filter(({ type }) => type === "CallsRecorded");
  if (recorded.length === 0) return [];
  const [keys, accounts, tariffs] = [world.ids.names("call"), world.all("account"), world.ids.names("tariff")];
  const calls = new Map<string, Xdr>();
  for (const { data } of recorded) {
    for (const call of callsOf(data as CallsRecorded["data"])) calls.set(call.key, call);
  }
  for (const { call } of world.calls) calls.set(call.key, call);
  return [...calls.values()].map((call): CallState => {
    const { key, leg, accountId, answered, day, personal } = call;
    const said = {
      ...{ key: keys.get(key) ?? null, account: accounts.get(accountId ?? "")?.identifier ?? "", leg },
      ...{ from: personal.cli, to: personal.cld, answered, day: day ?? "" },
    };
    if (call.state === "UNRATED") {
      const none = { tariff: null, prefix: null, seconds: null, chargedSeconds: null, amount: null };
      return { ...said, ...none, state: call.state, reason: call.reason };
    }
    const { tariffId, prefix, seconds, chargedSeconds, amount } = call;
    const tariff = tariffs.get(tariffId) ?? tariffId;
    return { ...said, tariff, prefix, seconds, chargedSeconds, amount, state: call.state, reason: null };
  });
};

const customerIn = (world: World, customerId: string): Customer => {
  const customer = world.all("customer").get(customerId);
  if (!customer) throw new Error(`${customerId} was not created`);
  return customer;
};
