import { type Environment } from "#configuration/environment.js";
import { type Target } from "./deliveries/target.js";
import { configuredIntegrations } from "./integrations.js";
import { mailFolderOf, type SmtpConfiguration } from "./mail/configuration.js";
import { mailFolder } from "./mail/mail-folder.js";
import { LOOPBACK_ORIGIN, mailTarget, type MailTarget } from "./mail/mail-target.js";
import { smtpServer } from "./mail/smtp-server.js";
import { odooTarget } from "./odoo/odoo-target.js";
import { zendeskClient } from "./zendesk/client.js";
import { zendeskTarget } from "./zendesk/zendesk-target.js";

/** Where links lead: the address that others reach the API by, else the one on this machine. */
const originOf = ({ TENURE_PUBLIC_URL: publicUrl, TENURE_PORT: port }: Environment): string => {
  const given = publicUrl?.trim() ?? "";
  if (URL.canParse(given)) return new URL(given).origin;
  const own = port?.trim() ?? "";
  return own === "" || own === "0" ? LOOPBACK_ORIGIN : `http://127.0.0.1:${own}`;
};

/**
 * The targets of deliveries that an environment configures.
 * @throws ConfigurationError with all mistakes
 */
export const configuredTargets = (environment: Environment): readonly Target[] => {
  const { mailServers, odoos, zendesks } = configuredIntegrations(environment);
  const origin = originOf(environment);
  const mails = mailsOf(environment, mailServers, origin);
  const clients = new Map([...zendesks].map(([provider, zendesk]) => [provider, zendeskClient(zendesk)] as const));
  return [
    ...(mails ? [mails] : []),
    ...(odoos.size === 0 ? [] : [odooTarget(odoos)]),
    ...(clients.size === 0 ? [] : [zendeskTarget(clients, origin)]),
  ];
};

const mailsOf = (
  environment: Environment,
  servers: ReadonlyMap<string, SmtpConfiguration>,
  origin: string,
): MailTarget | undefined => {
  const folder = mailFolderOf(environment);
  if (servers.size === 0 && folder === undefined) return undefined;
  const senders = new Map([...servers].map(([provider, server]) => [provider, smtpServer(server)] as const));
  return mailTarget(senders, folder === undefined ? undefined : mailFolder(folder), origin);
};
