import { type Client } from "../client.js";
import { onEach, onServer } from "../on-server.js";
import { type Action, HELP, type Options, readOptions } from "./options.js";
import { doneText, listText, verifiedText } from "./print.js";
import { actOn, listDeliveries, verifyTargets } from "./requests.js";

/** `tenure deliveries`. Returns the exit code. */
export const run = (argv: string[]): Promise<number> => onServer(argv, { help: HELP, read: readOptions, act });

const act = async (client: Client, { action, json }: Options): Promise<number> => {
  switch (action.name) {
    case "list": {
      const { deliveries, total } = await listDeliveries(client, action.filter, action.limit);
      if (json) for (const delivery of deliveries) console.log(JSON.stringify(delivery));
      else console.log(listText(deliveries, total));
      return 0;
    }
    case "verify": {
      const found = await verifyTargets(client);
      if (json) for (const verified of found) console.log(JSON.stringify(verified));
      else console.log(verifiedText(found));
      return found.every(({ on, ok }) => ok || !on) ? 0 : 1;
    }
    default:
      return actOnEach(client, action, json);
  }
};

const actOnEach = (
  client: Client,
  action: Extract<Action, { readonly ids: unknown }>,
  json: boolean,
): Promise<number> => {
  const more = {
    ...(action.name === "discard" && { reason: action.reason }),
    ...(action.name === "retry" && action.anew && { anew: true as const }),
  };
  return onEach(action.ids, json, async (deliveryId) => {
    const delivery = await actOn(client, action.name, { deliveryId, ...more });
    console.log(json ? JSON.stringify(delivery) : doneText(action.name, deliveryId));
  });
};
