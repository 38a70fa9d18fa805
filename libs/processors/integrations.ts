import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { ConfigurationError, type Environment } from "#configuration/environment.js";
import { type ProviderKeys, readIntegrations } from "#configuration/integrations.js";
import { SMTP_KEYS, type SmtpConfiguration, smtpConfigurations } from "./mail/configuration.js";
import { ODOO_KEYS, type OdooConfiguration, odooConfigurations } from "./odoo/configuration.js";
import { ZENDESK_KEYS, type ZendeskConfiguration, zendeskConfigurations } from "./zendesk/configuration.js";

/** What integrations are configured with, by provider: one that is not in a map has none. */
export interface Integrations {
  readonly mailServers: ReadonlyMap<string, SmtpConfiguration>;
  readonly odoos: ReadonlyMap<string, OdooConfiguration>;
  readonly zendesks: ReadonlyMap<string, ZendeskConfiguration>;
}

/**
 * The integrations that an environment configures, with the file that it names.
 * @throws ConfigurationError with all mistakes
 */
export const configuredIntegrations = (environment: Environment): Integrations => {
  const keys = readIntegrations(environment, [...SMTP_KEYS, ...ODOO_KEYS, ...ZENDESK_KEYS], DEFAULT_PROVIDER_ID);
  const problems: string[] = [];
  const read = <Found>(
    configurations: (keys: readonly ProviderKeys[]) => ReadonlyMap<string, Found>,
  ): ReadonlyMap<string, Found> => {
    try {
      return configurations(keys);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(...error.problems);
      return new Map();
    }
  };
  const found = {
    mailServers: read(smtpConfigurations),
    odoos: read(odooConfigurations),
    zendesks: read(zendeskConfigurations),
  };
  if (problems.length > 0) throw new ConfigurationError(problems);
  return found;
};
