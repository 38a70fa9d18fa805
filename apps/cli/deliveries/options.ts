import { idsOf } from "../on-server.js";
import { isId, readArguments, SERVER_HELP, SERVER_OPTIONS, type ServerValues, UsageError } from "../server-options.js";

/** What is done with deliveries that are named. */
export type Act = "retry" | "discard" | "resume";

export type Action =
  | { readonly name: "list"; readonly filter: Filter; readonly limit: number }
  | { readonly name: "resume"; readonly ids: readonly string[] }
  | { readonly name: "retry"; readonly ids: readonly string[]; readonly anew: boolean }
  | { readonly name: "discard"; readonly ids: readonly string[]; readonly reason: string }
  | { readonly name: "verify" };

/** The server's `DeliveryFilter`. */
export type Filter = Readonly<Record<string, string>>;

export interface Options {
  readonly action: Action;
  readonly json: boolean;
  readonly server: ServerValues;
}

const DEFAULT_LIMIT = 50;
const MOST = 10_000;

export const HELP = `Usage: tenure deliveries ACTION [options]

Shows what is delivered to systems outside, such as mails, and acts on it, through a running server.

Actions
  list                        deliveries, those of the latest events first
  retry ID...                 sends parked ones, or ones that wait for their next try, again at once, with all their tries
        --anew                what is sent is made anew, for example because an address was corrected; only parked ones
  discard ID... --reason R    never sends them; their customers' later ones go on
  resume ID...                lets the customers' later ones go on behind parked ones, which stay parked
  verify                      checks the configuration of each target (reachable, credentials right), and changes nothing
                              there; one that was down and is well again goes on at once

Options of list
  --status S       only those that are PENDING, PARKED, DELIVERED or DISCARDED
  --customer ID    only those about this customer
  --target T       only those to this target, e.g. EMAIL
  --kind K         only those of this kind, e.g. INVOICE_GENERATED
  --limit N        at most so many, 1 to ${MOST}              default: ${DEFAULT_LIMIT}

Options
  --json           one JSON object per delivery, or target, and line, instead of tables and sentences
${SERVER_HELP}
  --help           this text

Exit code: 0 done, 1 the server refused something, or a target that is on failed, 2 the command line is invalid, or no
server answers.`;

const DELIVERY = { one: "delivery", many: "deliveries" };

const LIST_ONLY = ["status", "customer", "target", "kind", "limit"] as const;

/** @returns the options, or "help" if only help was requested @throws UsageError */
export const readOptions = (argv: string[]): Options | "help" => {
  const { values, positionals } = parse(argv);
  if (values.help) return "help";
  const [name, ...named] = positionals;
  const { provider, url, token, data, json } = values;
  const options = { json, server: { provider, url, token, data } };
  if (name !== "list") {
    const misplaced = LIST_ONLY.find((option) => values[option] !== undefined);
    if (misplaced) throw new UsageError(`--${misplaced} goes with list.`);
  }
  if (name !== "discard" && values.reason !== undefined) throw new UsageError("--reason goes with discard.");
  if (name !== "retry" && values.anew) throw new UsageError("--anew goes with retry.");
  switch (name) {
    case "list":
    case "verify":
      if (named.length > 0) throw new UsageError(`${name} takes no ids.`);
      if (name === "verify") return { ...options, action: { name } };
      return { ...options, action: { name, filter: filterOf(values), limit: count(values.limit) } };
    case "retry":
      return { ...options, action: { name, ids: idsOf(name, named, DELIVERY), anew: values.anew } };
    case "resume":
      return { ...options, action: { name, ids: idsOf(name, named, DELIVERY) } };
    case "discard":
      if (!values.reason?.trim()) throw new UsageError("discard needs --reason: it is kept with the delivery.");
      return { ...options, action: { name, ids: idsOf(name, named, DELIVERY), reason: values.reason } };
    case undefined:
      throw new UsageError("Name an action: list, retry, discard, resume or verify.");
    default:
      throw new UsageError(`There is no action "${name}": name list, retry, discard, resume or verify.`);
  }
};

const parse = (argv: string[]) =>
  readArguments({
    args: argv,
    allowPositionals: true,
    options: {
      ...SERVER_OPTIONS,
      status: { type: "string" },
      customer: { type: "string" },
      target: { type: "string" },
      kind: { type: "string" },
      limit: { type: "string" },
      reason: { type: "string" },
      anew: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });

/** Names of statuses, targets and kinds are the server's: it refuses those that it does not know. */
const filterOf = (values: Readonly<Record<string, unknown>>): Filter => {
  const filter: Record<string, string> = {};
  for (const option of ["status", "target", "kind"]) {
    const value = values[option];
    if (typeof value === "string") filter[option] = value.toUpperCase();
  }
  const { customer } = values;
  if (typeof customer !== "string") return filter;
  if (!isId(customer)) throw new UsageError("--customer must be the id of a customer.");
  return { ...filter, customerId: customer };
};

const count = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_LIMIT;
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= MOST) return Number(text);
  throw new UsageError(`--limit must be a whole number from 1 to ${MOST}, not "${text}".`);
};
