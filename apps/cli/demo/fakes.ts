import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { EmbeddedError } from "#embedded/errors.js";
import { requireFreePort } from "#embedded/ports.js";
import { type Service, ServiceFailure, startService } from "../start/service.js";
import { type Desk } from "./support-desk.js";

/** The built programs. */
export interface FakeEntries {
  readonly zendesk: string;
  readonly odoo: string;
}

/** Ports of the fakes; 0: any free one. */
export interface FakePorts {
  readonly zendesk: number;
  readonly odoo: number;
}

/** Systems outside, that the demo talks to, each a process of its own. */
export interface Fakes {
  /** What API and workers are told of them. */
  readonly environment: NodeJS.ProcessEnv;
  /** The page of each, by its name. */
  readonly pages: readonly (readonly [name: string, url: string])[];
  readonly services: readonly Service[];
  readonly desk: Desk;
}

/** Refuses ports in use before anything is started. @throws ServiceFailure */
export const requireFreeFakePorts = async ({ zendesk, odoo }: FakePorts): Promise<void> => {
  const ports = [
    [zendesk, "the fake Zendesk", "FAKE_ZENDESK_PORT"],
    [odoo, "the fake Odoo", "FAKE_ODOO_PORT"],
  ] as const;
  for (const [port, name, variable] of ports) {
    if (port === 0) continue;
    try {
      await requireFreePort(port, name);
    } catch (error) {
      if (!(error instanceof EmbeddedError)) throw error;
      throw new ServiceFailure(`${error.message} Choose another port with ${variable}.`);
    }
  }
};

/** Stops what has started already. @throws ServiceFailure */
export const startFakes = async (
  entries: FakeEntries,
  ports: FakePorts,
  dataDir: string,
  environment: NodeJS.ProcessEnv,
): Promise<Fakes> => {
  // For as long as this start lasts: nobody else has to know them.
  const secret = (): string => randomBytes(24).toString("base64url");
  const [email, token, key] = ["agent@northern.example", secret(), secret()];
  const services = [
    startService("fake Zendesk", entries.zendesk, {
      ...environment,
      FAKE_ZENDESK_PORT: String(ports.zendesk),
      FAKE_ZENDESK_FILE: join(dataDir, "fake-zendesk.jsonl"),
      ...{ FAKE_ZENDESK_EMAIL: email, FAKE_ZENDESK_TOKEN: token },
    }),
    startService("fake Odoo", entries.odoo, {
      ...environment,
      FAKE_ODOO_PORT: String(ports.odoo),
      FAKE_ODOO_FILE: join(dataDir, "fake-odoo.jsonl"),
      FAKE_ODOO_KEY: key,
    }),
  ] as const;
  try {
    const [{ url: zendesk = "" }, { url: odoo = "" }] = await Promise.all([services[0].ready, services[1].ready]);
    return {
      environment: {
        ...{ ZENDESK_ENABLE: "1", ZENDESK_API_URL: zendesk },
        ...{ ZENDESK_API_EMAIL_ADDRESS: email, ZENDESK_API_TOKEN: token },
        ...{ ODOO_API_URL: `${odoo}/company/signal`, ODOO_API_ACCESS_KEY: key },
      },
      pages: [
        ["Zendesk", zendesk],
        ["Odoo", odoo],
      ],
      services,
      desk: { url: zendesk, email, token },
    };
  } catch (error) {
    await Promise.all(services.map((service) => service.stop(STOP_MS)));
    throw error;
  }
};

const STOP_MS = 2_000;
