import { Injectable } from "@nestjs/common";
import { positionToText } from "#event-store/position.js";
import { loadCheckpoints } from "#read-models/runner/checkpoints.js";
import { listStalls, shownStall, type ShownStall } from "#read-models/runner/stalls.js";
import { Backend } from "../core/backend.js";
import { Metrics } from "../core/metrics.js";
import { type ReadModelState, readModelStates } from "../core/read-model-states.js";

interface Check {
  readonly ok: boolean;
  readonly error?: string;
}
interface Projection extends Pick<ReadModelState, "name" | "status" | "lag"> {
  readonly error?: string;
}
interface Readiness {
  /** Whether queries are answered and commands accepted. A read model that stands still makes answers old, not impossible. */
  readonly ready: boolean;
  /** Whether it takes appends. */
  readonly eventStore: Check & { readonly tail?: string };
  readonly database: Check;
}
export interface Health extends Readiness {
  readonly live: true;
  readonly projections: readonly Projection[];
  readonly stalls: readonly ShownStall[];
}

const WITHIN_MS = 2_000;

/** Is it alive, can it serve, how far behind are the read models: of all providers at once. */
@Injectable()
export class Monitor {
  constructor(
    private readonly backend: Backend,
    private readonly metrics: Metrics,
  ) {}

  /** As Prometheus reads it. */
  async prometheus(): Promise<string> {
    const [tail, models] = await Promise.all([within(this.backend.store.tail()), within(this.readModels())]);
    const { checkpoints = [], stalls = [] } = models.value ?? {};
    this.metrics.readModels(readModelStates(checkpoints, tail.value?.commit), stalls);
    return this.metrics.registry.metrics();
  }

  async health(): Promise<Health> {
    const { store } = this.backend;
    const [tail, appends, models] = await Promise.all([
      within(store.tail()),
      within(store.requireAppends()),
      within(this.readModels()),
    ]);
    const error = appends.error ?? tail.error;
    return {
      live: true,
      ready: error === undefined && models.error === undefined,
      eventStore: { ...checkOf(error), ...(tail.value && { tail: positionToText(tail.value) }) },
      database: checkOf(models.error),
      projections: readModelStates(models.value?.checkpoints ?? [], tail.value?.commit).map(projectionOf),
      stalls: (models.value?.stalls ?? []).map(shownStall),
    };
  }

  private async readModels() {
    const { dataSource } = this.backend;
    const [checkpoints, stalls] = await Promise.all([loadCheckpoints(dataSource), listStalls(dataSource)]);
    return { checkpoints, stalls };
  }
}

const projectionOf = ({ name, status, lag, error }: ReadModelState): Projection => ({
  ...{ name, status, lag, ...(error !== null && { error }) },
});

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

const checkOf = (error: string | undefined): Check => (error === undefined ? { ok: true } : { ok: false, error });
