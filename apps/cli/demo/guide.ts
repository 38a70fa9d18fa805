import { TODAY } from "./stories/index.js";

/**
 * What there is to see in the demo. The queries are whole ones, to copy.
 * @param pages of systems outside, with their names
 */
export const guide = (pages: readonly (readonly [name: string, url: string])[]): string =>
  [
    `  This is the demo: Northern Telecom, and two years of its customers. Its clock stands at ${TODAY}.`,
    "",
    "  John Doe         Turbo with the TV set for a cent, IPTV that is paused, a faster line until November",
    "  ABC company      two offices, an invoice half paid, an upgrade to come",
    "  Anna Kowalski    a void invoice and its new one, a pause dated back, credit notes, a debit that came back",
    "  Susan Clark      left early: penalty, half of it written off; closed",
    "  Peter Novak      does not pay: reminded, warned, suspended",
    "  Emily Brown      overdue, promised to pay; asks for a pause that waits for an answer",
    "  Robert and Linda Wilson    a line transferred, a balance left over",
    "  Hotel Lago, Maria Rossi    in euros and in Italian; the hotel by the quarter, and leaving",
    "  Green Valley School        suspended on its own wish",
    "  Tom Baker        signed up today, starts in November",
    "",
    ...pages.map(([name, url]) => `  ${`Fake ${name}`.padEnd(16)} ${url}  (shows what arrived there)`),
    "",
    "  Queries to paste:",
    "",
    "  { customers(first: 20, sort: { by: NAME }) { edges { node { contact { name } status currency balanceDue } } } }",
    "",
    '  { account(identifier: "12012555215") { commitments { edges { node { offer { name } status discountEndDate discountsGiven pauses { from until status } timeLimitedUpgrades { until addOnProduct { name } } } } } } }',
    "",
    "  { invoices(first: 20, filter: { state: OVERDUE }, sort: { by: DUE }) { edges { node { number dueOn openAmount customer { contact { name } collection { suspendedForNonPaymentSince promisedBy nextSteps { kind on } } } } } } }",
    "",
    '  { customers(first: 1, filter: { name: "Susan" }) { edges { node { invoices(last: 1) { edges { node { number total state documentUrl lines { edges { node { kind description from until net causes } } } } } } } } } }',
    "",
  ].join("\n");
