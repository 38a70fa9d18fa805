import { type Environment } from "#configuration/environment.js";
import { type Target } from "./deliveries/target.js";
import { configuredIntegrations } from "./integrations.js";
import { mailFolderOf } from "./mail/configuration.js";
import { mailFolder } from "./mail/mail-folder.js";
import { LOOPBACK_ORIGIN, mailTarget } from "./mail/mail-target.js";
import { smtpServer } from "./mail/smtp-server.js";
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
  const { mailServers, zendesks } = configuredIntegrations(environment);
  const origin = originOf(environment);
  const folder = mailFolderOf(environment);
  const senders = new Map([...mailServers].map(([provider, server]) => [provider, smtpServer(server)] as const));
  const clients = new Map([...zendesks].map(([provider, zendesk]) => [provider, zendeskClient(zendesk)] as const));
  return [
    ...(senders.size === 0 && folder === undefined
      ? []
      : [mailTarget(senders, folder === undefined ? undefined : mailFolder(folder), origin)]),
    ...(clients.size === 0 ? [] : [zendeskTarget(clients, origin)]),
  ];
};
