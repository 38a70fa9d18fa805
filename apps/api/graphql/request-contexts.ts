import { randomUUID } from "node:crypto";
import { Injectable } from "@nestjs/common";
import { reject } from "#domain/rejection.js";
import { streamName } from "#event-store/streams.js";
import { isUuid } from "#read-models/filters.js";
import { Backend } from "../backend.js";
import { Clocks } from "../providers/clocks.js";
import { DEFAULT_PROVIDER_ID } from "../providers/default-provider.js";
import { loadersFor } from "../queries/request-loaders.js";
import { type ApiContext, type Caller } from "./context.js";

/** Names the provider that a request works as. */
export const PROVIDER_HEADER = "tenure-provider";
/** Until identities exist. */
const ACTOR = "local";

/** Makes the context of each request: who asks, and what is loaded for it. */
@Injectable()
export class RequestContexts {
  /** Providers are never deleted. */
  private readonly known = new Set([DEFAULT_PROVIDER_ID]);

  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  of(headers: Readonly<Record<string, string | string[] | undefined>>): ApiContext {
    const correlationId = randomUUID();
    let caller: Promise<Caller> | undefined;
    let loaders: ReturnType<ApiContext["loaders"]> | undefined;
    const context: ApiContext = {
      correlationId,
      caller: () => (caller ??= this.caller(headers[PROVIDER_HEADER], correlationId)),
      loaders: () =>
        (loaders ??= context
          .caller()
          .then(({ providerId }) => loadersFor({ backend: this.backend, clocks: this.clocks }, providerId))),
    };
    return context;
  }

  private async caller(header: string | string[] | undefined, correlationId: string): Promise<Caller> {
    const providerId = header === undefined ? DEFAULT_PROVIDER_ID : String(header).trim().toLowerCase();
    if (!this.known.has(providerId)) {
      if (!isUuid(providerId)) throw refused("is not a UUID");
      if (!(await this.exists(providerId))) throw refused("names no provider of this installation");
      this.known.add(providerId);
    }
    return { providerId, actor: ACTOR, correlationId };
  }

  /** The read model may be behind: what it does not know, the event store may. */
  private async exists(providerId: string): Promise<boolean> {
    const rows = await this.backend.rows("SELECT FROM providers WHERE provider_id = $1", [providerId]);
    if (rows.length > 0) return true;
    const events = await this.backend.store.readStream(streamName(providerId, "provider", providerId), { limit: 1 });
    return events.length > 0;
  }
}

const refused = (why: string) =>
  reject("VALIDATION_FAILED", `The header ${PROVIDER_HEADER} ${why}.`, { field: PROVIDER_HEADER });
