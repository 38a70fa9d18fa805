import { type MailKind } from "#domain/messages/events.js";
import { type Paragraphs } from "./paragraphs.js";

const GREETING = "Gentile {{customer.name}},";
const REGARDS = "Cordiali saluti\n{{provider.name}}";
const OVERDUE_INVOICES = {
  list: "overdueInvoices",
  item: "Fattura {{number}} del {{issuedOn}}, scaduta il {{dueOn}}: {{open}}",
} as const;
const CROSSED = "Se ha già provveduto al pagamento, non tenga conto di questo messaggio.";

/** The Italian texts that ship. */
export const italian: Readonly<Record<MailKind, Paragraphs>> = {
  INVOICE_GENERATED: {
    subject: "Fattura {{invoice.number}} di {{provider.name}}",
    body: [
      GREETING,
      "in allegato trova la fattura {{invoice.number}} del {{invoice.issuedOn}} per il periodo dal {{invoice.from}} al {{invoice.until}}. Il totale è di {{invoice.total}}.",
      "{{#if isOpen}}La preghiamo di pagare {{invoice.open}} entro il {{invoice.dueOn}}, come indicato in fattura.{{else}}Non resta nulla da pagare e non è richiesta alcuna azione da parte Sua.{{/if}}",
      REGARDS,
    ],
  },
  INVOICE_OVERDUE: {
    subject: "La fattura {{invoice.number}} è scaduta",
    body: [
      GREETING,
      "la fattura {{invoice.number}} del {{invoice.issuedOn}} è scaduta il {{invoice.dueOn}} e risultano ancora da pagare {{invoice.open}}. La preghiamo di provvedere al pagamento.",
      CROSSED,
      REGARDS,
    ],
  },
  REMINDER: {
    subject: "Sollecito di pagamento: {{amountOverdue}}",
    body: [
      GREETING,
      "Le ricordiamo che risultano scaduti e non pagati {{amountOverdue}}:",
      OVERDUE_INVOICES,
      `La preghiamo di provvedere al pagamento. ${CROSSED}`,
      REGARDS,
    ],
  },
  ABOUT_TO_BE_SUSPENDED: {
    subject: "Il servizio sarà sospeso il {{suspensionOn}}",
    body: [
      GREETING,
      "risultano scaduti e non pagati {{amountOverdue}}:",
      OVERDUE_INVOICES,
      "In mancanza di pagamento il Suo servizio sarà sospeso il {{suspensionOn}}.",
      CROSSED,
      REGARDS,
    ],
  },
  SUSPENDED: {
    subject: "Il servizio è sospeso",
    body: [
      GREETING,
      "il Suo servizio è sospeso dal {{on}}.{{#if isForNonPayment}} Risultano scaduti e non pagati {{amountOverdue}}; il servizio riprenderà non appena saranno pagate queste fatture:{{/if}}",
      { ...OVERDUE_INVOICES, when: "isForNonPayment" },
      "{{#unless isForNonPayment}}Per qualsiasi domanda può contattarci.{{else}}Durante la sospensione non sono addebitati canoni ricorrenti.{{/unless}}",
      REGARDS,
    ],
  },
  COMMITMENT_ENDING_SOON: {
    subject: "Lo sconto di {{commitment.name}} sta per terminare",
    body: [
      GREETING,
      "lo sconto su {{commitment.name}} per {{commitment.account}} sta per terminare: l'ultimo giorno è il {{commitment.lastDiscountDay}}. Il servizio continua al prezzo pieno.",
      "Ci contatti se desidera una nuova offerta.",
      REGARDS,
    ],
  },
  COMMITMENT_TERMINATED: {
    subject: "{{commitment.name}} è {{#if isCancelled}}stato annullato{{else}}terminato{{/if}}",
    body: [
      GREETING,
      "{{#if isCancelled}}{{commitment.name}} per {{commitment.account}} è stato annullato prima dell'inizio, previsto per il {{commitment.startsOn}}. Non sono dovuti canoni.{{else}}{{commitment.name}} per {{commitment.account}} è terminato; l'ultimo giorno è stato il {{commitment.lastDay}}. Quanto resta da addebitare o accreditare sarà nella prossima fattura.{{/if}}",
      REGARDS,
    ],
  },
  DISCOUNT_ENDED: {
    subject: "Lo sconto di {{commitment.name}} è terminato",
    body: [
      GREETING,
      "lo sconto su {{commitment.name}} per {{commitment.account}} è terminato. Dal {{commitment.discountEnd}} il servizio è al prezzo pieno.",
      REGARDS,
    ],
  },
  PAYMENT_RECEIVED: {
    subject: "Grazie per il pagamento di {{payment.amount}}",
    body: [
      GREETING,
      "abbiamo ricevuto il Suo pagamento di {{payment.amount}} in data {{payment.receivedOn}}{{#if payment.reference}} con riferimento {{payment.reference}}{{/if}}. Grazie.",
      REGARDS,
    ],
  },
  SIGN_IN_LINK: {
    subject: "Il Suo link di accesso a {{provider.name}}",
    body: [
      "Gentile {{name}},",
      "apra questo link per accedere per conto di {{customer.name}}:",
      "{{link}}",
      "Può essere usato una sola volta, fino al {{validUntil}}. Non lo comunichi ad altri. Se non lo aspettava, non deve fare nulla.",
      REGARDS,
    ],
  },
};
