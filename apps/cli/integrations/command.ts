import { type Client } from "../client.js";
import { verifyTargets } from "../deliveries/requests.js";
import { onServer } from "../on-server.js";
import { readArguments, SERVER_HELP, SERVER_OPTIONS, type ServerValues, UsageError } from "../server-options.js";
import { type Checked, checkedText } from "./print.js";
import { providersOf } from "./providers.js";

interface Options {
  readonly json: boolean;
  readonly server: ServerValues;
}

const HELP = `Usage: tenure integrations verify [options]

Checks the configuration of every integration (reachable, credentials right, what it needs is there), of every provider
that the token reaches, through a running server. It changes nothing outside. A target that was down and is well again
goes on at once.

Options
  --json           one JSON object per provider and integration, and line, instead of a table
${SERVER_HELP}
                   With --provider only that one is checked.
  --help           this text

Exit code: 0 all that are configured can be used, 1 one of them cannot, or the server refused, 2 the command line is
invalid, or no server answers.`;

/** `tenure integrations`. Returns the exit code. */
export const run = (argv: string[]): Promise<number> => onServer(argv, { help: HELP, read, act });

const read = (argv: string[]): Options | "help" => {
  const { values, positionals } = readArguments({
    args: argv,
    allowPositionals: true,
    options: {
      ...SERVER_OPTIONS,
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const [action, ...others] = positionals;
  if (action === undefined) throw new UsageError("Name an action: verify.");
  if (action !== "verify") throw new UsageError(`There is no action "${action}": name verify.`);
  if (others.length > 0) throw new UsageError("verify takes no names: --provider names a provider.");
  const { provider, url, token, data, json } = values;
  return { json, server: { provider, url, token, data } };
};

const act = async (client: Client, { json, server }: Options): Promise<number> => {
  const checked: Checked[] = [];
  for (const provider of await providersOf(client, server.provider)) {
    const found = await verifyTargets(client.onBehalfOf(provider.id));
    checked.push(...found.map((one) => ({ providerId: provider.id, provider: provider.name, ...one })));
  }
  if (json) for (const one of checked) console.log(JSON.stringify(one));
  else console.log(checkedText(checked));
  return checked.every(({ on, ok }) => ok || !on) ? 0 : 1;
};
