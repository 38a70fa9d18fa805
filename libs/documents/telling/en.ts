import { type Telling } from "./telling.js";

const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);

const documents = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);

export const TELLING_EN: Telling = {
  fee: (what, amount) => `The fee for ${what} is ${amount} for a whole billing period.`,
  wholeFee: (what, amount, period) => `The fee for ${what} is ${amount} for the whole of ${period}.`,
  part: (charged, of, period, unit, amount) =>
    `${days(charged)} of ${of} are charged, ${period}: ${unit} times ${charged}, divided by ${of}, is ${amount}.`,
  rounded: (amount) => `Rounded, that is ${amount}.`,
  allocated: (charged, of, together, amount) =>
    `Together with the days next to them, ${days(charged)} of ${of} come to ${together}, of which ${amount} fall to this line.`,
  discount: (unit) => `Your commitment gives a discount of ${unit} for a whole billing period.`,
  discountUntil: (unit, day) =>
    `Your commitment gives a discount of ${unit} for a whole billing period; ${day} is its last day.`,
  discountOver: (day) => `The discount of your commitment is over: ${day} was its last day.`,
  rateDiscount: (percent, unit, amount) =>
    `Your own discount rate of ${percent} % takes ${amount} off the fee of ${unit}; it replaces the discount of the commitment.`,
  atMostFee: (amount) => `A discount is never more than the fee: ${amount}.`,
  leaves: (fee, discount, net) => `${fee} less a discount of ${discount} leaves ${net}.`,

  oneTimeFee: (what, amount, day) => `${what} is a one-time fee of ${amount}, charged on ${day}.`,
  oneTimeDiscount: (amount) => `Your commitment takes ${amount} off it.`,
  transferFee: (amount, day) => `For taking the commitment over on ${day} there is a fee of ${amount}.`,

  calls: (what, { count, seconds, exact, days }) =>
    `${count === 1 ? "1 call" : `${count} calls`} of ${days} (${what}), ${seconds} seconds charged, ${count === 1 ? "comes" : "come"} to ${exact}, each at its own rate.`,

  endedEarly: (lastDay, discountDay) =>
    `Your commitment ended early: ${lastDay} was its last day, and its discount was agreed until ${discountDay}.`,
  ended: (lastDay) => `Your commitment ended on ${lastDay}.`,
  given: (runs, total) => `While it lasted, you were given these discounts: ${runs}. That is ${total} in all.`,
  once: (amount, period) => `${amount} for ${period}`,
  times: (count, amount, from, until) => `${count} times ${amount}, from ${from} to ${until}`,
  and: (parts) => parts.join(", "),
  chargedBack: (what, amount) => `They are charged back: ${amount} for ${what}.`,
  remaining: (runs, total) => `These fees were left to pay until the agreed end: ${runs}. That is ${total} in all.`,
  remainingCharged: (what, amount) => `They are charged: ${amount} for ${what}.`,
  lesser: (given, remaining, least) =>
    `The discounts given come to ${given}, the fees left to pay to ${remaining}. The lesser of the two is charged: ${least}.`,
  shared: (what, amount) => `Shared by what was given on each, ${amount} of it fall to ${what}.`,
  fixedPenalty: (what, amount) => `For ending early, a fixed ${amount} was agreed for ${what}.`,
  waived: (amount) => `We do not claim it: the charge of ${amount} is credited again.`,

  due: (amount) => `By what is known now, ${amount} are to be charged for these days.`,
  nothingDue: "By what is known now, nothing is to be charged for these days.",
  billed: (amount, documents) => `Until now ${amount} were billed: ${documents}.`,
  nothingBilled: "Until now nothing was billed for them.",
  onDocument: (period, amount, document) => `${amount} for ${period} on ${document}`,
  anEarlierDocument: "an earlier document",
  corrected: (amount) => `The difference is ${amount}.`,
  undone: (amount) => `That correction is taken back: ${amount}.`,

  discountEndSet: (day) => `The discount was agreed until ${day}.`,
  pauseMoved: (pause, count, day) => `The pause of ${pause} moves that by ${days(count)}, to ${day}.`,
  pauseIncluded: (pause, count, included, day) =>
    `The pause of ${pause} has ${days(count)}, of which the agreed day already counts ${included}: that moves it to ${day}.`,
  notLater: (day) => `For these days it is not later than ${day}.`,
  notEarlier: (day) => `A change of a pause does not bring it before ${day}.`,
  lastDiscounted: (day) => `The last day with the discount is ${day}.`,

  hasEnded: (lastDay) => `The commitment has ended: ${lastDay} was its last day.`,
  begins: (day) => `The commitment begins on ${day}.`,
  hasRunSince: (day) => `The commitment has run since ${day}.`,
  onPause: (days) => `It is on pause: ${days}.`,
  onOpenPause: (day) => `It has been on pause since ${day}, until it is resumed.`,
  suspendedSince: (day) => `The service has been suspended since ${day}.`,
  suspensionLifted: (day) => `The service was suspended, and is back since ${day}.`,
  closedOn: (day) => `The customer was closed on ${day}.`,
  accountOpened: (day) => `The account was opened on ${day}.`,
  accountClosed: (lastDay) => `It was closed: ${lastDay} is its last day.`,
  nothingBlocks: "Nothing blocks the service.",

  invoiceOf: (amount) => `The invoice is of ${amount}.`,
  invoicePaidFromBalance: (amount) => `${amount} of it were paid with credit that you had.`,
  invoicePaid: (amount) => `Payments took ${amount} off it.`,
  invoiceCredited: (amount) => `Credit notes took ${amount} off it.`,
  invoiceReversed: (amount) => `${amount} are open again, because a payment went back.`,
  invoiceGivenUp: (amount) => `We wrote off ${amount} of it.`,
  invoiceDue: (day) => `It is to be paid by ${day}.`,
  invoiceWasDue: (day) => `It was to be paid by ${day}.`,
  invoiceVoid: (day) => `The invoice is void since ${day}: nothing of it is owed.`,

  leftOfPayment: (amount, day, left) => `Of the payment of ${amount} on ${day}, ${left} are not used yet.`,
  leftOfCreditNote: (amount, day, left) => `Of the credit note of ${amount} on ${day}, ${left} are not used yet.`,
  unusedInAll: (amount) => `That is ${amount} in your favour.`,
  nothingUnused: "No credit is left that is not used.",
  leftOfInvoices: (amount) => `${amount} are left to pay of your invoices.`,
  owedBeyond: (due, beyond) => `You owe ${due} in all: ${beyond} more than your invoices.`,

  invoiced: (count, amount) => `${documents(count, "invoice", "invoices")} of ${amount} in all.`,
  credited: (count, amount) => `${documents(count, "credit note takes", "credit notes take")} off ${amount}.`,
  paid: (count, amount) => `${documents(count, "payment", "payments")} of ${amount} in all.`,
  reversed: (count, amount) => `Of these, ${documents(count, "payment", "payments")} of ${amount} went back.`,
  refunded: (count, amount) => `We paid back ${amount}, ${times(count)}.`,
  writtenOff: (amount) => `We wrote off ${amount}.`,
  writeOffUndone: (amount) => `Of that, ${amount} are owed again.`,
  owed: (amount) => `That leaves ${amount} to pay.`,
  owedNothing: "That leaves nothing to pay.",
  inCredit: (amount) => `That leaves ${amount} in your favour.`,
};
