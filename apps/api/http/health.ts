import { Controller, Get, Header, Res } from "@nestjs/common";
import { type FastifyReply } from "fastify";
import { positionToText } from "#event-store/position.js";
import { type Checkpoint, loadCheckpoints } from "#read-models/runner/checkpoints.js";
import { Backend } from "../core/backend.js";
import { Metrics } from "../core/metrics.js";

interface Check {
  readonly ok: boolean;
  readonly error?: string;
}
interface Projection {
  readonly name: string;
  readonly status: string;
  /** Bytes of the log between its position and the tail, as far as is known. */
  readonly lag: string | null;
  readonly error?: string;
}
interface Health {
  readonly live: true;
  /** Whether requests can be served. A read model that stands still makes answers old, not impossible. */
  readonly ready: boolean;
  readonly eventStore: Check & { readonly tail?: string };
  readonly database: Check;
  readonly projections: readonly Projection[];
}

const WITHIN_MS = 2_000;

/** For those who operate it: is it alive, can it serve, how far behind are the read models. */
@Controller()
export class HealthController {
  constructor(
    private readonly backend: Backend,
    private readonly metrics: Metrics,
  ) {}

  @Get("health")
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const health = await this.check();
    if (!health.ready) reply.status(503);
    return health;
  }

  @Get("metrics")
  @Header("content-type", "text/plain; version=0.0.4; charset=utf-8")
  async prometheus(): Promise<string> {
    const { projections } = await this.check();
    this.metrics.projections(projections);
    return this.metrics.registry.metrics();
  }

  private async check(): Promise<Health> {
    const [tail, checkpoints] = await Promise.all([
      within(this.backend.store.tail()),
      within(loadCheckpoints(this.backend.dataSource)),
    ]);
    const end = tail.value?.commit;
    return {
      live: true,
      ready: tail.value !== undefined && checkpoints.value !== undefined,
      eventStore: { ...checkOf(tail), ...(tail.value && { tail: positionToText(tail.value) }) },
      database: checkOf(checkpoints),
      projections: (checkpoints.value ?? [])
        .filter(({ status }) => status !== "RETIRED")
        .map((found) => shown(found, end)),
    };
  }
}

const shown = ({ name, status, position, error }: Checkpoint, end: bigint | undefined): Projection => {
  const behind = end === undefined ? null : end - position.commit;
  const lag = behind === null ? null : String(behind > 0n ? behind : 0n);
  return { name, status, lag, ...(error !== null && { error }) };
};

interface Tried<Value> {
  readonly value?: Value;
  readonly error?: string;
}

/** A health check must answer when what it checks does not. */
const within = async <Value>(promise: Promise<Value>): Promise<Tried<Value>> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Tried<Value>>((resolve) => {
    timer = setTimeout(() => {
      resolve({ error: `No answer within ${WITHIN_MS} ms` });
    }, WITHIN_MS);
  });
  const answer = promise.then(
    (value): Tried<Value> => ({ value }),
    (error: unknown): Tried<Value> => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};

const checkOf = ({ error }: Tried<unknown>): Check => (error === undefined ? { ok: true } : { ok: false, error });
