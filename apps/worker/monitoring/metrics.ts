import { type DataSource } from "typeorm";
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import { countWaiting } from "#processors/deliveries/operators.js";
import { byName, targetNames } from "#processors/deliveries/target.js";
import { countTasks } from "#processors/runner/tasks.js";
import { countParked } from "#read-models/billing/parked.js";
import { loadCheckpoints } from "#read-models/runner/checkpoints.js";
import { countStalled } from "#read-models/runner/stalls.js";
import { type Role } from "../configuration.js";

/** A worker's metrics for Prometheus. Labels have few values: roles, processors, statuses, read models. */
export class WorkerMetrics {
  readonly registry = new Registry();
  private readonly events = new Counter({
    name: "tenure_billed_total",
    help: "What this worker has recorded: periods closed, signals of commitments, invoice numbers, steps of collection.",
    labelNames: ["what"],
    registers: [this.registry],
  });
  private readonly tries = new Counter({
    name: "tenure_task_tries_total",
    help: "Tries of processors' tasks in this worker, by outcome: done, failed, parked.",
    labelNames: ["processor", "outcome"],
    registers: [this.registry],
  });
  private readonly roles = new Gauge({
    name: "tenure_worker_stalled",
    help: "Per role of this worker: 1 while it stands still, else 0.",
    labelNames: ["role"],
    registers: [this.registry],
  });
  private readonly held = new Gauge({
    name: "tenure_billing_leases",
    help: "What this worker bills: shards of customers, and providers whose work it leads.",
    labelNames: ["kind"],
    registers: [this.registry],
  });
  private readonly parked = new Gauge({
    name: "tenure_parked",
    help: "Work of all workers that was given up until it is tried again or somebody looks: closes, tasks, read models, providers stalled in some read model.",
    labelNames: ["kind"],
    registers: [this.registry],
  });
  private readonly open = new Gauge({
    name: "tenure_tasks_open",
    help: "Tasks of processors that are to be done, by all workers.",
    registers: [this.registry],
  });
  private readonly deliveryTries = new Counter({
    name: "tenure_delivery_tries_total",
    help: "Tries of deliveries in this worker, by target and outcome: delivered, failed, parked, discarded, down, waits, lost.",
    labelNames: ["target", "outcome"],
    registers: [this.registry],
  });
  private readonly deliveries = new Gauge({
    name: "tenure_deliveries",
    help: "Deliveries of all workers by target: waiting to be sent, parked until an operator decides.",
    labelNames: ["target", "status"],
    registers: [this.registry],
  });
  private readonly oldestDelivery = new Gauge({
    name: "tenure_deliveries_oldest_seconds",
    help: "For how long the oldest delivery waits to be sent, by target.",
    labelNames: ["target"],
    registers: [this.registry],
  });
  private readonly targetsDown = new Gauge({
    name: "tenure_targets_down",
    help: "How many providers a target does not answer.",
    labelNames: ["target"],
    registers: [this.registry],
  });
  private leasesNow: () => { readonly shards: number; readonly leads: number } = () => ({ shards: 0, leads: 0 });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  billed(what: "periods" | "signals" | "numbers" | "steps", count: number): void {
    this.events.inc({ what }, count);
  }

  taskTried(processor: string, outcome: "done" | "failed" | "parked"): void {
    this.tries.inc({ processor, outcome });
  }

  deliveryTried(target: string, tried: string): void {
    this.deliveryTries.inc({ target, outcome: tried.toLowerCase() });
  }

  leases(now: () => { readonly shards: number; readonly leads: number }): void {
    this.leasesNow = now;
  }

  /** All metrics as text. When the database does not answer, its metrics keep their last values. */
  async text(dataSource: DataSource, stalls: readonly (readonly [Role, string | undefined])[]): Promise<string> {
    for (const [role, reason] of stalls) this.roles.set({ role }, reason === undefined ? 0 : 1);
    const { shards, leads } = this.leasesNow();
    this.held.set({ kind: "shard" }, shards);
    this.held.set({ kind: "lead" }, leads);
    await this.count(dataSource).catch(() => undefined);
    return this.registry.metrics();
  }

  private async count(dataSource: DataSource): Promise<void> {
    const [closes, tasks, checkpoints, stalled, deliveries] = await Promise.all([
      countParked(dataSource),
      countTasks(dataSource),
      loadCheckpoints(dataSource),
      countStalled(dataSource),
      countWaiting(dataSource),
    ]);
    this.parked.set({ kind: "close" }, closes);
    this.parked.set({ kind: "task" }, tasks.parked);
    this.parked.set({ kind: "projection" }, checkpoints.filter(({ status }) => status === "FAILED").length);
    this.parked.set({ kind: "provider" }, stalled);
    this.open.set(tasks.open);
    const byTarget = byName(deliveries);
    for (const target of targetNames) {
      const found = byTarget.get(target);
      this.deliveries.set({ target, status: "waiting" }, found?.waiting ?? 0);
      this.deliveries.set({ target, status: "parked" }, found?.parked ?? 0);
      this.oldestDelivery.set({ target }, found?.oldestSeconds ?? 0);
      this.targetsDown.set({ target }, found?.down ?? 0);
    }
  }
}
