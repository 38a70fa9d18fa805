import { type Key } from "#domain/keys/key.js";
import { type MailTemplate } from "#domain/messages/mail-template.js";
import { type BankAccount, type DocumentDetails } from "#domain/providers/document-details.js";
import { type Provider } from "#domain/providers/provider.js";
import { type Edge } from "#domain/voice/edge.js";
import { sha256 } from "#event-store/content-hash.js";
import { addressText } from "./customers.js";
import { each, type FactsOf } from "./fact.js";

/** The settings; where the clock stands is said by its own events. */
export const providerFacts: FactsOf<Provider> = (provider, _, say) => {
  const { name, invoiceNumberPrefix, supportHourlyRate: rate = null, backDatingDays, coolingOffDays } = provider;
  return [
    { field: "name", value: name },
    { field: "invoiceNumberPrefix", value: invoiceNumberPrefix === "" ? null : invoiceNumberPrefix },
    {
      field: "supportHourlyRate",
      value: rate === null ? null : say.words.perHour(say.money(rate.amount, rate.currency)),
    },
    { field: "backDatingDays", value: say.words.days(backDatingDays) },
    { field: "coolingOffDays", value: say.words.days(coolingOffDays) },
  ];
};

const numberOf = ({ iban, accountNumber }: BankAccount): string => iban ?? accountNumber ?? "";

export const documentDetailsFacts: FactsOf<DocumentDetails> = (details, _, { words }) => [
  { field: "legalName", value: details.legalName },
  { field: "address", value: details.address === null ? null : addressText(details.address) },
  { field: "taxId", value: details.taxId },
  { field: "registration", value: details.registration },
  { field: "email", value: details.email },
  { field: "phone", value: details.phone },
  { field: "website", value: details.website },
  ...each(details.bankAccounts, "bankAccount", numberOf, (account) => {
    const { holder, bank, bic, routingNumber, currency } = account;
    const parts = [numberOf(account), bank, bic, routingNumber, currency].filter((part) => part !== null);
    return words.bankAccount(words.and(parts), holder);
  }),
  // Another picture is another value: told by the beginning of its hash.
  {
    field: "logo",
    value: details.logo === null ? null : `${words.logo} (${sha256(details.logo.data).slice(0, 8)})`,
  },
];

export const mailTemplateFacts: FactsOf<MailTemplate> = ({ text }, _, { words }) =>
  text === null
    ? []
    : [
        { field: "subject", value: text.subject },
        { field: "text", value: text.text },
        { field: "html", value: text.html },
        { field: "dateFormat", value: text.dates === null ? null : words.dateFormats[text.dates.name] },
      ];

export const keyFacts: FactsOf<Key> = ({ label, roles, expiresAt, revokedBecause }, _, say) => [
  { field: "label", value: label },
  { field: "role", value: say.words.and(roles.map((role) => say.words.keyRoles[role])) },
  { field: "expiresAt", value: expiresAt === null ? null : say.at(expiresAt) },
  { field: "status", value: say.words.keyStatus[revokedBecause === null ? "ACTIVE" : "REVOKED"] },
];

export const edgeFacts: FactsOf<Edge> = ({ name, realm, addresses, gateway, announcer, language, status }, _, say) => [
  { field: "name", value: name },
  { field: "realm", value: realm },
  ...each(addresses, "callsFrom", String, String),
  { field: "gateway", value: gateway && `${gateway.host}:${gateway.port} ${gateway.transport}` },
  { field: "announcer", value: announcer && `${announcer.host}:${announcer.port}` },
  { field: "voiceLanguage", value: say.words.languages[language] },
  { field: "status", value: say.words.edgeStatus[status] },
];
