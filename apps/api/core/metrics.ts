import { Injectable } from "@nestjs/common";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** The metrics that Prometheus reads at /metrics. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly commands = new Counter({
    name: "tenure_commands_total",
    help: "Commands by name and outcome: accepted, repeated, failed, or the code of a rejection.",
    labelNames: ["command", "outcome"],
    registers: [this.registry],
  });
  private readonly operations = new Histogram({
    name: "tenure_graphql_duration_seconds",
    help: "GraphQL operations by kind and the names of their top-level fields.",
    labelNames: ["kind", "fields"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });
  private readonly lag = new Gauge({
    name: "tenure_projection_lag_bytes",
    help: "How far a read model's position in the event log is behind the log's tail.",
    labelNames: ["projection"],
    registers: [this.registry],
  });
  private readonly failed = new Gauge({
    name: "tenure_projection_failed",
    help: "1 for a read model that stands still because of an error.",
    labelNames: ["projection"],
    registers: [this.registry],
  });

  private readonly stalls = new Gauge({
    name: "tenure_projection_stalls",
    help: "Providers whose rows of a read model stand still before an event that it cannot take.",
    labelNames: ["projection"],
    registers: [this.registry],
  });
  private readonly stalled = new Gauge({
    name: "tenure_providers_stalled",
    help: "Providers that are stalled in any read model: nothing of them is billed.",
    registers: [this.registry],
  });

  private readonly edgeAnswers = new Histogram({
    name: "tenure_edge_answer_duration_seconds",
    help: "What edges were answered about calls: the decision, and the SIP code of refusals.",
    labelNames: ["decision", "sip_code"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  command(name: string, outcome: string): void {
    this.commands.inc({ command: name, outcome });
  }

  operation(kind: string, fields: string, seconds: number): void {
    this.operations.observe({ kind, fields }, seconds);
  }

  edgeAnswer(decision: string, sipCode: string, seconds: number): void {
    this.edgeAnswers.observe({ decision, sip_code: sipCode }, seconds);
  }

  readModels(
    all: readonly { readonly name: string; readonly status: string; readonly lag: string | null }[],
    stalls: readonly { readonly projection: string; readonly providerId: string }[],
  ): void {
    this.stalled.set(new Set(stalls.map(({ providerId }) => providerId)).size);
    for (const { name, status, lag } of all) {
      if (lag !== null) this.lag.set({ projection: name }, Number(lag));
      this.failed.set({ projection: name }, status === "FAILED" ? 1 : 0);
      this.stalls.set({ projection: name }, stalls.filter(({ projection }) => projection === name).length);
    }
  }
}
