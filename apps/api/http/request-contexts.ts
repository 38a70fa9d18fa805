import { randomUUID } from "node:crypto";
import { type IncomingHttpHeaders } from "node:http";
import { Injectable } from "@nestjs/common";
import { type Principal } from "#application/command/principal.js";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { type Session } from "#application/command/session.js";
import { reject } from "#domain/rejection.js";
import { type Position, positionFromText } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { isUuid } from "#read-models/rows/filters.js";
import { Backend } from "../core/backend.js";
import { Clocks } from "../core/clocks.js";
import { AsOfBenches } from "../core/as-of-benches.js";
import { Metrics } from "../core/metrics.js";
import { createSession } from "../core/session.js";
import { type ApiContext } from "../graphql/context.js";
import { httpRefusal, Refused } from "../graphql/refusals.js";
import { type Loaders } from "../queries/loaders.js";
import { type Reader } from "../queries/reader.js";
import { Views } from "../queries/views.js";
import { Authenticator } from "./authentication/authenticator.js";

/** Names the provider that a request works as. */
export const PROVIDER_HEADER = "tenure-provider";
/** Names the position that a request is answered after: reading one's own writes. */
export const AFTER_HEADER = "tenure-after";
/** How long a request waits for that position. */
const AFTER_WITHIN_MS = 2_000;

/** Makes the context of each request: who asks, what commands run on, and what is loaded for it. */
@Injectable()
export class RequestContexts {
  /** Providers are never deleted. */
  private readonly known = new Set([DEFAULT_PROVIDER_ID]);
  private readonly session: Session;

  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
    private readonly authenticator: Authenticator,
    private readonly benches: AsOfBenches,
    metrics: Metrics,
  ) {
    this.session = createSession(backend, metrics);
  }

  /** @param operationName what the request names of its document; undefined: nothing */
  of(headers: Readonly<IncomingHttpHeaders>, operationName?: string): ApiContext<Loaders, Reader, Views> {
    const correlationId = randomUUID();
    const { backend, clocks, session } = this;
    let principal: Promise<Principal> | undefined;
    const principalOf = () => (principal ??= this.principal(headers, correlationId));
    const views = new Views(backend, clocks, this.benches, async () => {
      const { providerId, customerId } = await principalOf();
      return { providerId, customerId };
    });
    return {
      correlationId,
      operationName,
      session,
      principal: principalOf,
      views,
      loaders: async (root) => (await views.at(root)).loaders,
      reader: async (root) => (await views.at(root)).reader,
      reached: () => this.reached(headers[AFTER_HEADER], principalOf),
    };
  }

  /** Waits until read models show the position of the header, where there is one. */
  private async reached(header: string | string[] | undefined, principalOf: () => Promise<Principal>): Promise<void> {
    if (header === undefined) return;
    const position = positionOf(String(header).trim());
    const { providerId } = await principalOf();
    const isVisible = await this.backend.visibility.waitUntilVisible(position, AFTER_WITHIN_MS, providerId);
    if (!isVisible) throw new Refused(httpRefusal("NOT_VISIBLE_YET"));
  }

  private async principal(headers: Readonly<IncomingHttpHeaders>, correlationId: string): Promise<Principal> {
    const caller = await this.authenticator.caller(headers);
    const header = headers[PROVIDER_HEADER];
    const own = caller.providerId ?? DEFAULT_PROVIDER_ID;
    const providerId = header === undefined ? own : String(header).trim().toLowerCase();
    if (!isUuid(providerId)) throw refused("is not a UUID");
    // Whether there is another one is not looked up: the answer says nothing of it, nor does the time that it takes.
    if (caller.providerId !== null && providerId !== own) throw refused(UNKNOWN);
    if (!this.known.has(providerId)) {
      if (!(await this.exists(providerId))) throw refused(UNKNOWN);
      this.known.add(providerId);
    }
    return { ...caller, providerId, correlationId, origin: "api" };
  }

  /** The read model may be behind: what it does not know, the event store may. */
  private async exists(providerId: string): Promise<boolean> {
    if (await this.backend.facts.provider(providerId)) return true;
    const events = await this.backend.store.readStream(streamName(providerId, "provider", providerId), { limit: 1 });
    return events.length > 0;
  }
}

const UNKNOWN = "names no provider of this installation";

const positionOf = (text: string): Position => {
  try {
    return positionFromText(text);
  } catch {
    throw refused("is not a position as mutations answer it", AFTER_HEADER);
  }
};

const refused = (why: string, header = PROVIDER_HEADER) =>
  reject("VALIDATION_FAILED", `The header ${header} ${why}.`, { field: header });
