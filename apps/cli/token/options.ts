import { idsOf } from "../on-server.js";
import { readArguments, SERVER_HELP, SERVER_OPTIONS, type ServerValues, UsageError } from "../server-options.js";

export type Action =
  | {
      readonly name: "create";
      readonly label: string;
      /** As GraphQL names them. */
      readonly roles: readonly string[];
      readonly expiresAt: string | null;
      readonly reason: string;
    }
  | { readonly name: "list" }
  | { readonly name: "revoke"; readonly ids: readonly string[]; readonly reason: string };

export interface Options {
  readonly action: Action;
  readonly json: boolean;
  readonly server: ServerValues;
}

export const HELP = `Usage: tenure token ACTION [options]

Grants, lists and revokes API keys, through a running server: what programs come in with, as "Authorization: Bearer ...".

Actions
  create --label L --role R --reason R   grants a key, and prints its secret: once, and never again
         --role R                        operator, admin, csr, finance, support, partner or zendesk-app; may be repeated
         --expires WHEN                  such as 2027-01-31, or 2027-01-31T12:00:00Z; default: when it is revoked
  list                                   keys, those that no longer count among them
  revoke ID... --reason R                within five seconds nobody comes in with them

A key belongs to the provider that --provider names; one with the role operator belongs to the installation.

Options
  --json           one JSON object per key and line
${SERVER_HELP}
  --help           this text

Exit code: 0 done, 1 the server refused something, 2 the command line is invalid, or no server answers.`;

/** @returns the options, or "help" if only help was requested @throws UsageError */
export const readOptions = (argv: string[]): Options | "help" => {
  const { values, positionals } = parse(argv);
  if (values.help) return "help";
  const [name, ...named] = positionals;
  const { provider, url, token, data, json } = values;
  const options = { json, server: { provider, url, token, data } };
  if (name !== "create") {
    const misplaced = (["label", "role", "expires"] as const).find((option) => values[option] !== undefined);
    if (misplaced) throw new UsageError(`--${misplaced} goes with create.`);
  }
  if (name === "list" && values.reason !== undefined) throw new UsageError("--reason goes with create and revoke.");
  if ((name === "create" || name === "list") && named.length > 0) throw new UsageError(`${name} takes no ids.`);
  switch (name) {
    case "create": {
      const roles = (values.role ?? []).map((role) => role.toUpperCase().replaceAll("-", "_"));
      if (roles.length === 0) throw new UsageError("create needs --role.");
      const label = required(values.label, "create needs --label: what tells the key from others.");
      const reason = required(values.reason, "create needs --reason: it is kept with the key.");
      return { ...options, action: { name, label, roles, expiresAt: momentOf(values.expires), reason } };
    }
    case "list":
      return { ...options, action: { name } };
    case "revoke": {
      const reason = required(values.reason, "revoke needs --reason: it is kept with the key.");
      return { ...options, action: { name, ids: idsOf(name, named, { one: "key", many: "keys" }), reason } };
    }
    case undefined:
      throw new UsageError("Name an action: create, list or revoke.");
    default:
      throw new UsageError(`There is no action "${name}": name create, list or revoke.`);
  }
};

const parse = (argv: string[]) =>
  readArguments({
    args: argv,
    allowPositionals: true,
    options: {
      ...SERVER_OPTIONS,
      label: { type: "string" },
      role: { type: "string", multiple: true },
      expires: { type: "string" },
      reason: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });

const required = (text: string | undefined, otherwise: string): string => {
  if (text === undefined || text.trim() === "") throw new UsageError(otherwise);
  return text;
};

/** A day is its first moment, in UTC. */
const momentOf = (text: string | undefined): string | null => {
  if (text === undefined) return null;
  const at = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text) ? new Date(text) : new Date(NaN);
  if (Number.isNaN(at.getTime())) throw new UsageError(`--expires must be a day or an instant, not "${text}".`);
  return at.toISOString();
};
