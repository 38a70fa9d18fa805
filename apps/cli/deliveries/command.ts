import { type Client, Refused } from "../client.js";
import { connectTo, tell } from "../server-options.js";
import { type Action, HELP, type Options, readOptions } from "./options.js";
import { doneText, listText, verifiedText } from "./print.js";
import { actOn, listDeliveries, verifyTargets } from "./requests.js";

/** `tenure deliveries`. Returns the exit code. */
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

/** One that is refused does not keep the others from being done. */
const actOnEach = async (
  client: Client,
  action: Extract<Action, { readonly ids: unknown }>,
  json: boolean,
): Promise<number> => {
  const more = {
    ...(action.name === "discard" && { reason: action.reason }),
    ...(action.name === "retry" && action.anew && { anew: true as const }),
  };
  let code = 0;
  for (const deliveryId of action.ids) {
    try {
      const delivery = await actOn(client, action.name, { deliveryId, ...more });
      console.log(json ? JSON.stringify(delivery) : doneText(action.name, deliveryId));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      code = 1;
      if (json) console.log(JSON.stringify({ id: deliveryId, error: { code: error.code, message: error.message } }));
      else console.error(`${deliveryId}: ${error.message}`);
    }
  }
  return code;
};
