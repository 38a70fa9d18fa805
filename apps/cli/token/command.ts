import { type Client } from "../client.js";
import { onEach, onServer } from "../on-server.js";
import { table } from "../table.js";
import { HELP, type Options, readOptions } from "./options.js";
import { grant, type Key, list, revoke } from "./requests.js";

/** `tenure token`. Returns the exit code. */
export const run = (argv: string[]): Promise<number> => onServer(argv, { help: HELP, read: readOptions, act });

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
      return onEach(action.ids, json, async (id) => {
        await revoke(client, id, action.reason);
        console.log(json ? JSON.stringify({ id }) : `${id}: revoked`);
      });
  }
};

const listText = (keys: readonly Key[]): string => {
  if (keys.length === 0) return "There are no keys.";
  const rows = keys.map(({ id, label, roles, status, createdAt, expiresAt, grantedBy }) => [
    ...[id, status, roles.join(" "), createdAt.slice(0, 10), expiresAt ?? "when revoked", grantedBy, label],
  ]);
  return table(["Id", "Status", "Roles", "Granted", "Expires", "By", "Label"], "lllllll", rows).join("\n");
};
