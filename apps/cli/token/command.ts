import { type Client, Refused } from "../client.js";
import { connectTo, tell } from "../server-options.js";
import { table } from "../table.js";
import { HELP, type Options, readOptions } from "./options.js";
import { grant, type Key, list, revoke } from "./requests.js";

/** `tenure token`. Returns the exit code. */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const options = readOptions(argv);
    if (options === "help") {
      console.log(HELP);
      return 0;
    }
    return await act(await connectTo(options.server, process.env), options);
  } catch (error) {
    tell(error);
    return error instanceof Refused ? 1 : 2;
  }
};

const act = async (client: Client, { action, json }: Options): Promise<number> => {
  switch (action.name) {
    case "create": {
      const granted = await grant(client, action);
      if (json) console.log(JSON.stringify(granted));
      else {
        // The secret alone is on the standard output, for TOKEN=$(tenure token create ...).
        console.error(`Granted the key ${granted.id}. Its secret is not shown again:`);
        console.log(granted.secret);
      }
      return 0;
    }
    case "list": {
      const keys = await list(client);
      if (json) for (const key of keys) console.log(JSON.stringify(key));
      else console.log(listText(keys));
      return 0;
    }
    case "revoke":
      return revokeEach(client, action.ids, action.reason, json);
  }
};

/** One that is refused does not keep the others from being revoked. */
const revokeEach = async (client: Client, ids: readonly string[], reason: string, json: boolean): Promise<number> => {
  let code = 0;
  for (const id of ids) {
    try {
      await revoke(client, id, reason);
      console.log(json ? JSON.stringify({ id }) : `${id}: revoked`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      code = 1;
      if (json) console.log(JSON.stringify({ id, error: { code: error.code, message: error.message } }));
      else console.error(`${id}: ${error.message}`);
    }
  }
  return code;
};

const listText = (keys: readonly Key[]): string => {
  if (keys.length === 0) return "There are no keys.";
  const rows = keys.map(({ id, label, roles, status, createdAt, expiresAt, grantedBy }) => [
    ...[id, status, roles.join(" "), createdAt.slice(0, 10), expiresAt ?? "when revoked", grantedBy, label],
  ]);
  return table(["Id", "Status", "Roles", "Granted", "Expires", "By", "Label"], "lllllll", rows).join("\n");
};
