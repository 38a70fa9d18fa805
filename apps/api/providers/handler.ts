import { CommandHandler, type ICommandHandler } from "@nestjs/cqrs";
import { type ProviderEvent } from "#domain/providers/events.js";
import {
  changeProviderSettings,
  createProvider,
  advanceTestClock,
  type Provider,
  providerEvolver,
  setTestClock,
} from "#domain/providers/provider.js";
import { reject } from "#domain/rejection.js";
import { handleCommand } from "#event-store/handle-command.js";
import { positionToText } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { Backend } from "../backend.js";
import { Commander, keyOf, type Ran } from "../commands/commander.js";
import { hasCustomers } from "../commands/facts.js";
import { ProviderCommand, type ProviderOrder } from "../commands/messages.js";
import { type Caller } from "../graphql/context.js";
import { type Outcome } from "../graphql/payload.js";
import { systemNow } from "./clocks.js";
import { Walk } from "./walk.js";

type Create = Extract<ProviderOrder, { name: "createProvider" }>;

/** How long an advance waits until queries show all it did. */
const VISIBLE_WITHIN_MS = 30_000;

@CommandHandler(ProviderCommand)
export class ProviderHandler implements ICommandHandler<ProviderCommand> {
  constructor(
    private readonly commander: Commander,
    private readonly backend: Backend,
    private readonly walk: Walk,
  ) {}

  async execute({ order, caller }: ProviderCommand): Promise<Outcome> {
    const { providerId } = caller;
    switch (order.name) {
      case "createProvider":
        return this.create(order, caller);
      case "changeProviderSettings": {
        const { idempotencyKey: _, ...changes } = order.input;
        return (await this.run(order, caller, (state, now) => changeProviderSettings({ ...changes, now }, state)))
          .outcome;
      }
      case "setTestClock": {
        this.requireTestClock();
        const { at } = order.input;
        const { outcome } = await this.run(order, caller, async (state) =>
          setTestClock({ at }, state, { hasCustomers: await hasCustomers(this.backend, providerId) }),
        );
        return outcome;
      }
      case "advanceTestClock": {
        this.requireTestClock();
        const { to } = order.input;
        const advanceId = this.commander.newId(caller, order, "advance");
        const { outcome, handled } = await this.run(order, caller, (state) =>
          advanceTestClock({ advanceId, to, systemNow: systemNow() }, state),
        );
        // A preview orders no walk: there is nothing to wait for.
        if (caller.preview) return outcome;
        await this.walk.finished(providerId, advanceId, handled.revision);
        const tail = await this.backend.store.tail();
        const visible = await this.commander.visible(tail, VISIBLE_WITHIN_MS);
        return { ...outcome, position: positionToText(tail), visible };
      }
    }
  }

  /** A provider begins its own stream, clock and read models: there is nothing to look up before. */
  private async create(order: Create, caller: Caller): Promise<Outcome> {
    const { idempotencyKey: _, ...body } = order.input;
    const idempotencyKey = keyOf(caller, order);
    const { name, invoiceNumberPrefix = "INV-" } = body;
    const id = this.commander.newId(caller, order, "provider");
    const now = systemNow();
    const { outcome } = await this.commander.counted({ caller, order }, async () => {
      const { position, repeated } = await handleCommand<Provider | null, ProviderEvent>(
        this.backend.storeFor(caller),
        {
          stream: streamName(id, "provider", id),
          decider: providerEvolver,
          envelope: {
            ...{ provider: id, actor: caller.actor, idempotencyKey, correlationId: caller.correlationId },
            ...{ body, name: order.name, recordedAt: now },
          },
          decide: () => createProvider({ providerId: id, name, invoiceNumberPrefix, now }),
        },
      );
      const visible = await this.commander.visible(position);
      return { outcome: { id, position: positionToText(position), visible, repeated } };
    });
    return outcome;
  }

  private async run(
    order: ProviderOrder,
    caller: Caller,
    decide: (state: Provider | null, now: string) => readonly ProviderEvent[] | Promise<readonly ProviderEvent[]>,
  ): Promise<Ran<Provider | null, ProviderEvent>> {
    const id = caller.providerId;
    return this.commander.run({ caller, order, id, category: "provider", decider: providerEvolver, decide });
  }

  private requireTestClock(): void {
    if (this.backend.testClock) return;
    throw reject(
      "FORBIDDEN",
      "Time cannot be moved here: the test clock is off (TENURE_TEST_CLOCK), as it always is in production.",
    );
  }
}
