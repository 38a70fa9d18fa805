import addressparser from "nodemailer/lib/addressparser";
import { z } from "zod";
import { type Environment, url } from "#configuration/environment.js";
import { configurationsOf, type ProviderKeys } from "#configuration/integrations.js";
import { isAddress } from "./address.js";
import { type Mailbox } from "./composed.js";

/** The names of the settings. */
export const SMTP_KEYS = ["SMTP_URL", "SMTP_FROM", "SMTP_USER", "SMTP_PASSWORD"] as const;

/** A provider's mail server. */
export interface SmtpConfiguration {
  readonly host: string;
  readonly port: number;
  /** TLS from the start; otherwise STARTTLS where the server offers it. */
  readonly secure: boolean;
  /** Refuse to go on without TLS: a password is not sent in the clear, save to this machine. */
  readonly requireTls: boolean;
  readonly from: Mailbox;
  readonly login: { readonly user: string; readonly password: string } | null;
}

const SCHEMES = ["smtp://", "smtps://"] as const;
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;

const mailbox = z.string({ error: "SMTP_FROM must be set beside SMTP_URL." }).transform((text, context): Mailbox => {
  const [first, ...others] = addressparser(text);
  if (first && others.length === 0 && first.address !== undefined && isAddress(first.address)) {
    return { name: first.name || null, address: first.address };
  }
  context.addIssue('SMTP_FROM must be one address, such as billing@example.com or "Example <billing@example.com>".');
  return z.NEVER;
});

const server = url("SMTP_URL", SCHEMES, "must be set, and start").transform((text, context): URL => {
  const found = URL.canParse(text) ? new URL(text) : null;
  if (!found || found.hostname === "" || !["", "/"].includes(found.pathname) || found.search !== "") {
    context.addIssue("SMTP_URL must name a host and may name a port: smtp://mail.example.com:587.");
    return z.NEVER;
  }
  if (found.username === "" && found.password === "") return found;
  context.addIssue("SMTP_URL must not hold a user or password: SMTP_USER and SMTP_PASSWORD do.");
  return z.NEVER;
});

const settings = z
  .object({
    SMTP_URL: server,
    SMTP_FROM: mailbox,
    SMTP_USER: z.string().optional(),
    SMTP_PASSWORD: z.string().optional(),
  })
  .transform((told, context): SmtpConfiguration => {
    const { SMTP_URL: address, SMTP_FROM: from, SMTP_USER: user, SMTP_PASSWORD: password } = told;
    if ((user === undefined) !== (password === undefined)) {
      context.addIssue("SMTP_USER and SMTP_PASSWORD must be set together.");
      return z.NEVER;
    }
    const secure = address.protocol === "smtps:";
    const host = address.hostname.replace(/^\[(.*)\]$/, "$1");
    const login = user === undefined || password === undefined ? null : { user, password };
    return {
      host,
      port: address.port === "" ? (secure ? 465 : 587) : Number(address.port),
      secure,
      requireTls: !secure && login !== null && !LOOPBACK.test(host),
      from,
      login,
    };
  });

/**
 * The mail servers of providers. One without any of the settings has none.
 * @throws ConfigurationError with all mistakes
 */
export const smtpConfigurations = (integrations: readonly ProviderKeys[]): ReadonlyMap<string, SmtpConfiguration> =>
  configurationsOf(integrations, settings, (keys) => SMTP_KEYS.some((name) => keys[name] !== undefined));

/** The folder that mails are written into where a provider has no mail server; undefined: none. */
export const mailFolderOf = (environment: Environment): string | undefined =>
  environment["TENURE_MAIL_FOLDER"]?.trim() || undefined;
