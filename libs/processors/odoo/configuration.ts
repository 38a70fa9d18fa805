import { z } from "zod";
import { problemsOf } from "#configuration/environment.js";
import { configurationsOf, MASK, type ProviderKeys } from "#configuration/integrations.js";

/** The names of the settings. */
export const ODOO_KEYS = [
  "ODOO_API_URL",
  "ODOO_API_ACCESS_KEY",
  "ODOO_MODE",
  "ODOO_DATABASE",
  "ODOO_MODEL",
  "ODOO_METHOD",
] as const;

/** A provider's Odoo. */
export type OdooConfiguration = {
  /** Without a slash at the end: where signals go, or in the mode `json2` where Odoo is. */
  readonly url: string;
  readonly key: string;
} & ({ readonly mode: "signal" } | ({ readonly mode: "json2" } & Json2));

/** The method that gets the signals, of Odoo's JSON-2 API. */
export interface Json2 {
  readonly database: string;
  readonly model: string;
  readonly method: string;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

const address = z
  .string({ error: "ODOO_API_URL must be set beside other settings of Odoo." })
  .transform((text, context) => {
    const found = URL.canParse(text) ? new URL(text) : null;
    const isPlain = found?.hash === "" && found.username === "" && found.password === "" && found.search === "";
    if (!found || !isPlain || !["https:", "http:"].includes(found.protocol)) {
      context.addIssue("ODOO_API_URL must be an address that starts with https://, without user, query or fragment.");
      return z.NEVER;
    }
    if (found.protocol === "https:" || LOOPBACK.test(found.hostname)) return found.href.replace(/\/+$/, "");
    context.addIssue("ODOO_API_URL must start with https://: a key is not sent in the clear, save to this machine.");
    return z.NEVER;
  });

/** Of a header. */
const printable = (name: string, what: string) =>
  z.string({ error: `${name} must be set ${what}.` }).regex(/^[\x21-\x7e]+$/, {
    error: `${name} must consist of printable characters without spaces.`,
  });

const settings = z
  .object({
    ODOO_API_URL: address,
    ODOO_API_ACCESS_KEY: printable("ODOO_API_ACCESS_KEY", "beside ODOO_API_URL"),
    ODOO_MODE: z.enum(["signal", "json2"], { error: "ODOO_MODE must be signal or json2." }).default("signal"),
    ODOO_DATABASE: z.string().optional(),
    ODOO_MODEL: z
      .string()
      .regex(/^[a-z][a-z0-9_.]*$/, { error: "ODOO_MODEL must be the name of a model, such as tenure.signal." })
      .optional(),
    ODOO_METHOD: z
      .string()
      .regex(/^[a-z][a-z0-9_]*$/i, { error: "ODOO_METHOD must be the name of a public method, such as accept." })
      .optional(),
  })
  .transform((told, context): OdooConfiguration => {
    const { ODOO_MODE: mode, ODOO_DATABASE: database, ODOO_MODEL: model, ODOO_METHOD: method } = told;
    const common = { url: told.ODOO_API_URL, key: told.ODOO_API_ACCESS_KEY };
    if (mode === "signal") {
      const named = { ODOO_DATABASE: database, ODOO_MODEL: model, ODOO_METHOD: method };
      for (const [name, value] of Object.entries(named)) {
        if (value !== undefined) context.addIssue(`${name} goes with ODOO_MODE json2.`);
      }
      return { ...common, mode };
    }
    const header = printable("ODOO_DATABASE", "where ODOO_MODE is json2").safeParse(database);
    if (header.success) {
      return { ...common, mode, database: header.data, model: model ?? "tenure.signal", method: method ?? "accept" };
    }
    for (const problem of problemsOf(header)) context.addIssue(problem);
    return z.NEVER;
  });

/**
 * The Odoos of providers. One without any of the settings has none.
 * @throws ConfigurationError with all mistakes
 */
export const odooConfigurations = (integrations: readonly ProviderKeys[]): ReadonlyMap<string, OdooConfiguration> =>
  configurationsOf(integrations, settings, (keys) => ODOO_KEYS.some((name) => keys[name] !== undefined));

/** As operators may see it: the key is masked. */
export const shownOdoo = (configuration: OdooConfiguration): readonly { key: string; value: string }[] => [
  { key: "ODOO_API_URL", value: configuration.url },
  { key: "ODOO_API_ACCESS_KEY", value: MASK },
  { key: "ODOO_MODE", value: configuration.mode },
  ...(configuration.mode === "json2"
    ? [
        { key: "ODOO_DATABASE", value: configuration.database },
        { key: "ODOO_MODEL", value: configuration.model },
        { key: "ODOO_METHOD", value: configuration.method },
      ]
    : []),
];
