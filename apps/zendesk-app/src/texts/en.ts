/** What the app says, in ICU message format. Every other language has the same keys, or does not compile. */
export const en = {
  // Before anything is known
  loading: "Loading …",
  outside: "This page works inside Zendesk only.",
  noOrganization: "This ticket belongs to no organization.",
  noOrganizationHint: "Once it is assigned to one, its customer appears here.",

  // A linked customer
  openInTenure: "Open {name} in Tenure",
  balance: "Balance",
  balanceCredit: "Credit that no invoice has used yet",
  balanceOwed: "Owed beyond all invoices",
  commitments: "Commitments",
  noCommitments: "No commitments.",
  endedCommitments: "{count, plural, one {# ended commitment} other {# ended commitments}}",
  since: "Since {date}",
  from: "From {date}",
  until: "Until {date}",
  discountEnd: "First day without discount: {date}",
  invoices: "Last invoices",
  noInvoices: "No invoices yet.",
  issuedOn: "Issued {date}",
  dueOn: "Due {date}",
  open: "Open: {amount}",
  moreInTenure: "More in Tenure",

  // States
  statusActive: "Active",
  statusSuspended: "Suspended",
  statusClosed: "Closed",
  statusPaused: "Paused",
  statusPending: "To come",
  statusTerminated: "Ended",
  invoicePaid: "Paid",
  invoiceUnpaid: "Unpaid",
  invoicePartiallyPaid: "Partly paid",
  invoiceOverdue: "Overdue",
  invoiceVoid: "Void",
  invoiceWrittenOff: "Written off",

  // Linking
  notLinked: "{organization} is not linked to a customer.",
  search: "Customer name or account id",
  searchHint: "Search to link it.",
  noHits: "No customer with this name or account id.",
  hits: "{count, plural, one {# customer} other {# customers}}",
  moreHits: "There are more: type more of the name.",
  account: "Account {identifier}",
  linkedElsewhere: "Linked to {organization}",
  link: "Link",
  linkNamed: "Link {name}",
  linkQuestion: "Link {organization} to {name}?",
  linkMeaning: "Agents then see this customer with every ticket of the organization.",
  unlink: "Unlink",
  unlinkQuestion: "Unlink {organization} from {name}?",
  unlinkMeaning: "Nothing else of the two changes. They can be linked again.",
  cancel: "Cancel",
  linked: "Linked.",
  unlinked: "Unlinked.",
  catchingUp: "Recorded. What is shown follows in a moment.",
  reload: "Reload",

  // What went wrong
  noPlace: "Zendesk does not say what is open.",
  keyRefused: "Tenure does not accept the key of this app. An administrator of Zendesk has to enter a new one.",
  forbidden: "The key of this app may not do this. It needs the scope zendesk-app.",
  refused: "Tenure refused: {sentence}",
};

export type Texts = typeof en;
