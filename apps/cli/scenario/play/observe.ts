import { type Scenario } from "../model.js";
import {
  type Observed,
  type ObservedCall,
  type ObservedCommitment,
  type ObservedCreditNote,
  type ObservedCustomer,
  type ObservedDelivery,
  type ObservedInvoice,
  type ObservedLine,
} from "../observed.js";
import { type Client } from "../../client.js";
import { type Connection, PAGE, readPages } from "./pages.js";
import { type Ids } from "./ids.js";
import { type Session } from "./session.js";

/** Reads the whole result, with the file's names instead of ids. */
export const observe = async (scenario: Scenario, { client, ids }: Session): Promise<Observed> => {
  const customers = await readAll<CustomerNode>(client, "customers", "id status balanceDue");
  const commitments = await readAll<CommitmentNode>(client, "commitments", "id status discountEndDate discountsGiven");
  const invoices = await readDocuments<InvoiceNode>(client, "invoices", "dueOn state");
  const notes = await readDocuments<DocumentNode>(client, "creditNotes", "");
  const deliveries = await readAll<DeliveryNode>(client, "deliveries", "target kind customerId on");
  // Asked only where there can be some.
  const hasCalls = scenario.expect.calls !== undefined || scenario.steps.some(({ action }) => action.kind === "call");
  const calls = hasCalls ? await readAll<CallNode>(client, "calls", CALL) : [];
  const customerNames = ids.names("customer");
  const commitmentNames = ids.names("assigned");
  const names: Names = {
    customer: (id) => customerNames.get(id) ?? id,
    commitment: (id) => commitmentNames.get(id) ?? id,
  };
  return {
    invoices: invoices.map((invoice) => invoiceOf(invoice, names)).sort(byIssueDateThenCustomer),
    creditNotes: notes.map((note) => creditNoteOf(note, names)).sort(byIssueDateThenCustomer),
    commitments: inOrderOf([...commitmentNames.keys()], commitments).map((node): ObservedCommitment => {
      const { status, discountEndDate, discountsGiven } = node;
      return { commitment: names.commitment(node.id), status, discountEndDate, discountsGiven };
    }),
    // A name can occur twice: of a customer that must be rejected, and of another one.
    customers: [...new Set(scenario.customers.map(({ name }) => name))].flatMap((name): ObservedCustomer[] => {
      const node = customers.find(({ id }) => id === ids.find("customer", name));
      return node ? [{ customer: name, status: node.status, balanceDue: node.balanceDue }] : [];
    }),
    outbound: deliveries
      .map(({ target, kind, customerId, on }) => ({
        to: target,
        event: kind,
        customer: names.customer(customerId),
        on,
      }))
      .sort(byDayThenCustomer),
    calls: calls.map((call) => callOf(call, ids)).sort(byAnswer),
  };
};

const CALL = `id leg cli cld answered day prefix seconds chargedSeconds amount state reason
  account { identifier } tariff { name }`;

interface CallNode extends Omit<ObservedCall, "key" | "account" | "from" | "to" | "tariff"> {
  readonly id: string;
  readonly cli: string | null;
  readonly cld: string;
  readonly account: { readonly identifier: string } | null;
  readonly tariff: { readonly name: string } | null;
}

const callOf = (node: CallNode, ids: Ids): ObservedCall => {
  const { id, leg, cli, cld, answered, day, prefix, seconds, chargedSeconds, amount, state, reason } = node;
  return {
    key: ids.names("call").get(id) ?? null,
    account: node.account?.identifier ?? "",
    ...{ leg, from: cli, to: cld, answered, day },
    tariff: node.tariff?.name ?? null,
    ...{ prefix, seconds, chargedSeconds, amount, state, reason },
  };
};

const byAnswer = (a: ObservedCall, b: ObservedCall): number =>
  compare(a.answered, b.answered) || compare(a.account, b.account) || compare(a.leg, b.leg) || compare(a.to, b.to);

interface Names {
  customer(id: string): string;
  commitment(id: string): string;
}

interface CustomerNode {
  readonly id: string;
  readonly status: string;
  readonly balanceDue: string;
}

interface CommitmentNode {
  readonly id: string;
  readonly status: string;
  readonly discountEndDate: string | null;
  readonly discountsGiven: string;
}

interface DeliveryNode {
  readonly target: string;
  readonly kind: string;
  readonly customerId: string;
  readonly on: string;
}

type UsageField = "calls" | "seconds" | "chargedSeconds" | "late";

interface LineNode extends Omit<ObservedLine, "commitment" | UsageField> {
  readonly commitmentId: string | null;
  readonly usage: Pick<ObservedLine, UsageField> | null;
}

/** What invoices and credit notes have in common. */
interface DocumentNode {
  readonly id: string;
  readonly number: string;
  readonly currency: string;
  readonly issuedOn: string;
  readonly total: string;
  readonly customer: { readonly id: string } | null;
  readonly lines: Connection<LineNode>;
}

interface InvoiceNode extends DocumentNode {
  readonly dueOn: string;
  readonly state: string;
}

const LINES = `edges { node {
  commitmentId kind description from until days periodDays fee discount discountOrigin net
  usage { calls seconds chargedSeconds late }
} } pageInfo { endCursor hasNextPage }`;

/** All items of a connection of the query type. */
const readAll = async <Node>(client: Client, connection: string, fields: string, page = PAGE): Promise<Node[]> => {
  const document = `query ($first: Int!, $after: String) { ${connection}(first: $first, after: $after) {
    edges { node { ${fields} } } pageInfo { endCursor hasNextPage }
  } }`;
  return readPages(async (after) => {
    const data = await client.query<Record<string, Connection<Node>>>(document, { first: page, after });
    return data[connection];
  });
};

/** The first lines come with each invoice; the rest of a long invoice is queried separately. */
const LINES_AT_FIRST = 20;

const readDocuments = async <Node extends DocumentNode>(
  client: Client,
  connection: "invoices" | "creditNotes",
  own: string,
): Promise<Node[]> => {
  const fields = `id number currency issuedOn ${own} total customer { id } lines(first: ${LINES_AT_FIRST}) { ${LINES} }`;
  const documents = await readAll<Node>(client, connection, fields, 50);
  const whole: Node[] = [];
  for (const document of documents) {
    const { edges, pageInfo } = document.lines;
    const one = connection === "invoices" ? "invoice" : "creditNote";
    const rest = pageInfo.hasNextPage ? await readLines(client, one, document.id, pageInfo.endCursor) : [];
    whole.push({ ...document, lines: { edges: [...edges, ...rest.map((node) => ({ node }))], pageInfo } });
  }
  return whole;
};

const readLines = (
  client: Client,
  one: "invoice" | "creditNote",
  id: string,
  from: string | null,
): Promise<LineNode[]> => {
  const document = `query ($id: ID!, $after: String) {
    ${one}(id: $id) { lines(first: ${PAGE}, after: $after) { ${LINES} } }
  }`;
  return readPages(async (after) => {
    const data = await client.query<Record<string, DocumentNode | null>>(document, { id, after: after ?? from });
    return data[one]?.lines;
  });
};

const creditNoteOf = (node: DocumentNode, names: Names): ObservedCreditNote => ({
  customer: node.customer ? names.customer(node.customer.id) : "",
  issued: node.issuedOn,
  total: node.total,
  currency: node.currency,
  number: node.number,
  lines: node.lines.edges.map(({ node: { commitmentId, usage, ...line } }) => ({
    commitment: commitmentId === null ? null : names.commitment(commitmentId),
    ...line,
    ...usage,
  })),
});

const invoiceOf = (node: InvoiceNode, names: Names): ObservedInvoice => ({
  ...creditNoteOf(node, names),
  due: node.dueOn,
  state: node.state,
});

const byIssueDateThenCustomer = (a: ObservedCreditNote, b: ObservedCreditNote): number =>
  compare(a.issued, b.issued) || compare(a.customer, b.customer) || compare(a.number, b.number);

const byDayThenCustomer = (a: ObservedDelivery, b: ObservedDelivery): number =>
  compare(a.on, b.on) || compare(a.customer, b.customer) || compare(a.to, b.to) || compare(a.event, b.event);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const inOrderOf = <Node extends { readonly id: string }>(ids: readonly string[], nodes: readonly Node[]): Node[] =>
  ids.flatMap((id) => nodes.filter((node) => node.id === id));
