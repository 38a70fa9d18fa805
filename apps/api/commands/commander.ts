import { randomUUID } from "node:crypto";
import { Injectable } from "@nestjs/common";
import { type Instant } from "#domain/calendar.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { reject, Rejection } from "#domain/rejection.js";
import { commandHash } from "#event-store/content-hash.js";
import { handleCommand, type Handled } from "#event-store/handle-command.js";
import { aggregateId, commandId } from "#event-store/ids.js";
import { type Position, positionToText } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { Backend } from "../backend.js";
import { type Caller } from "../graphql/context.js";
import { type Outcome } from "../graphql/payload.js";
import { Metrics } from "../http/metrics.js";
import { Clocks } from "../providers/clocks.js";

/** How long a mutation waits until its effects can be read (docs/architecture.md). */
const VISIBLE_WITHIN_MS = 2_000;

export interface Order {
  /** The mutation's name. */
  readonly name: string;
  readonly input: { readonly idempotencyKey: string };
}

export interface Run<S, E extends DomainEvent> {
  readonly caller: Caller;
  readonly order: Order;
  /** Category and id of the aggregate's stream. */
  readonly category: string;
  readonly id: string;
  readonly decider: Evolver<S, E>;
  /** Loads the facts it needs itself: a repeated command is answered without them. */
  decide(state: S, now: Instant): readonly E[] | Promise<readonly E[]>;
}

export interface Ran<S, E extends DomainEvent> {
  readonly handled: Handled<S, E>;
  readonly outcome: Outcome;
}

/**
 * The key under which a command runs. A preview is a command of its own: it neither uses up the caller's key nor minds
 * that it was used before.
 */
export const keyOf = ({ preview }: Caller, { input }: Order): string => (preview ? randomUUID() : input.idempotencyKey);

/** What every command goes through: its clock, its idempotency key, its stream, and the wait for its effects. */
@Injectable()
export class Commander {
  /** Commands under way by their id: one key's second command looks only when the first has left its trace. */
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Rejection the decision's own, IDEMPOTENCY_KEY_REUSED, CONFLICT */
  async run<S, E extends DomainEvent>(run: Run<S, E>): Promise<Ran<S, E>> {
    const { caller, order } = run;
    const idempotencyKey = keyOf(caller, order);
    const command = commandId(caller.providerId, caller.actor, idempotencyKey);
    return this.inTurn(command, () => this.counted(run, () => this.handle(run, idempotencyKey, command)));
  }

  /** The id of an aggregate that a command creates: the same on every repetition. */
  newId({ providerId, actor }: Caller, { input }: Order, kind: string): string {
    return aggregateId(providerId, actor, input.idempotencyKey, kind);
  }

  /** Waits until queries show what lies at a position; START is always visible. */
  visible(position: Position, timeoutMs = VISIBLE_WITHIN_MS): Promise<boolean> {
    return this.backend.visibility.waitUntilVisible(position, timeoutMs);
  }

  private async handle<S, E extends DomainEvent>(
    run: Run<S, E>,
    idempotencyKey: string,
    command: string,
  ): Promise<Ran<S, E>> {
    const { caller, order, category, id, decider } = run;
    const { providerId, actor, correlationId } = caller;
    const { idempotencyKey: _, ...body } = order.input;
    const stream = streamName(providerId, category, id);
    const { now, processed } = await this.clocks.settled(providerId, command);
    if (processed && (processed.stream !== stream || processed.hash !== commandHash(order.name, body))) {
      throw reject("IDEMPOTENCY_KEY_REUSED", "This idempotency key was used for another request.", {
        field: "idempotencyKey",
      });
    }
    const handled = await handleCommand(this.backend.storeFor(caller), {
      stream,
      decider,
      envelope: { provider: providerId, actor, idempotencyKey, body, name: order.name, correlationId, recordedAt: now },
      decide: (state) => run.decide(state, now),
    });
    const visible = await this.visible(handled.position);
    const { repeated, position } = handled;
    return { handled, outcome: { id, position: positionToText(position), visible, repeated } };
  }

  /** Runs a command and counts how it came out; previews are counted apart. */
  async counted<T extends { readonly outcome: Outcome }>(
    { caller, order }: Pick<Run<unknown, DomainEvent>, "caller" | "order">,
    work: () => Promise<T>,
  ): Promise<T> {
    const name = caller.preview ? "preview" : order.name;
    try {
      const result = await work();
      this.metrics.command(name, result.outcome.repeated ? "repeated" : "accepted");
      return result;
    } catch (error) {
      this.metrics.command(name, error instanceof Rejection ? error.code : "failed");
      throw error;
    }
  }

  private async inTurn<T>(command: string, work: () => Promise<T>): Promise<T> {
    const before = this.underWay.get(command);
    const turn = (before?.catch(() => undefined) ?? Promise.resolve()).then(work);
    this.underWay.set(command, turn);
    try {
      return await turn;
    } finally {
      if (this.underWay.get(command) === turn) this.underWay.delete(command);
    }
  }
}
