import { type DeliveryTo, type Target } from "../deliveries/target.js";
import { odooClient } from "./client.js";
import { type OdooConfiguration, shownOdoo } from "./configuration.js";
import { prepareSignal, SIGNALS_READ } from "./prepare.js";
import { type Signal } from "./signal.js";

/** The target ODOO: signals to the CRM. @param odoos those of the providers that have one */
export const odooTarget = (odoos: ReadonlyMap<string, OdooConfiguration>): Target => {
  const clients = new Map([...odoos].map(([provider, odoo]) => [provider, odooClient(odoo)] as const));
  const clientOf = (provider: string) => {
    const client = clients.get(provider);
    if (!client) throw new Error("Odoo is not configured for this provider.");
    return client;
  };
  return {
    name: "ODOO",
    isOn: (provider) => odoos.has(provider),
    configuration(provider) {
      const odoo = odoos.get(provider);
      return odoo ? shownOdoo(odoo) : [];
    },
    reads: SIGNALS_READ,
    prepare: (delivery, sources) => prepareSignal(delivery as DeliveryTo<"ODOO">, sources),
    send: (content, { provider }, signal) => clientOf(provider).send(content as Signal, signal),
    verify: (provider, signal) => clientOf(provider).verify(signal),
  };
};
