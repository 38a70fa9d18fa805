/** What an installation says of itself in its package. */
export interface Installation {
  /** The host of Tenure's public address: Zendesk's proxy sends the app's requests to no other. */
  readonly host: string;
  /** Whom an administrator of Zendesk writes to about the app. */
  readonly email: string;
  readonly version: string;
}

const PAGE = "assets/iframe.html";

/** `manifest.json` of Zendesk's Apps Framework v2; package/manifest.schema.json says what it may hold. */
export const manifestOf = ({ host, email, version }: Installation) => ({
  name: "Tenure",
  author: { name: "Tenure", email, url: `https://${host}` },
  defaultLocale: "en",
  private: true,
  location: {
    support: {
      ticket_sidebar: { url: PAGE, flexible: true },
      organization_sidebar: { url: PAGE },
    },
  },
  domainWhitelist: [host],
  parameters: [
    { name: "tenure_url", type: "url", required: true },
    // Secure: only Zendesk's proxy knows it, and puts it into requests.
    { name: "api_token", type: "text", secure: true, required: true },
  ],
  version,
  frameworkVersion: "2.0",
});

/** `requirements.json`: the fields of organizations that Zendesk makes when the app is installed. Tenure writes them. */
export const requirements = {
  organization_fields: {
    tenure_customer_url: {
      key: "tenure_customer_url",
      type: "text",
      title: "Tenure customer URL",
      description: "Address of the customer in Tenure. Written by Tenure when the organization is linked.",
    },
    tenure_customer: {
      key: "tenure_customer",
      type: "text",
      title: "Tenure customer",
      description: "The customer in Tenure. Written by Tenure when the organization is linked.",
    },
  },
} as const;

const appIn = (
  short: string,
  long: string,
  url: readonly [label: string, help: string],
  token: readonly [label: string, help: string],
) => ({
  app: {
    name: "Tenure",
    short_description: short,
    long_description: long,
    installation_instructions: long,
    parameters: {
      tenure_url: { label: url[0], helpText: url[1] },
      api_token: { label: token[0], helpText: token[1] },
    },
  },
});

/** `translations/`, by language: what Zendesk's administrators read of the app. */
export const translations = {
  en: appIn(
    "The customer of an organization: status, balance, commitments, invoices.",
    "Shows the Tenure customer that an organization is linked to, beside its page and its tickets, and links them.",
    ["Address of Tenure", "For example https://billing.example.com"],
    ["API key", "A key with the role zendesk-app and no other. Tenure shows it once, when it is granted."],
  ),
  it: appIn(
    "Il cliente di un'organizzazione: stato, saldo, impegni, fatture.",
    "Mostra il cliente di Tenure a cui è collegata un'organizzazione, accanto alla sua pagina e ai suoi ticket, e li collega.",
    ["Indirizzo di Tenure", "Per esempio https://billing.example.com"],
    [
      "Chiave API",
      "Una chiave con il ruolo zendesk-app e nessun altro. Tenure la mostra una volta, quando viene concessa.",
    ],
  ),
} as const;
