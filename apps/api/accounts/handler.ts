import { CommandHandler, type ICommandHandler } from "@nestjs/cqrs";
import { type Account, accountEvolver } from "#domain/accounts/account.js";
import { addAlias, changeMainProduct, closeAccount, openAccount, removeAlias } from "#domain/accounts/decide.js";
import { type AccountEvent } from "#domain/accounts/events.js";
import { Rejection } from "#domain/rejection.js";
import { REFUSE } from "#domain/customers/closed-days.js";
import { Backend } from "../backend.js";
import { Commander } from "../commands/commander.js";
import { accountFacts } from "../commands/facts.js";
import { AccountCommand, type AccountOrder } from "../commands/messages.js";
import { type Caller } from "../graphql/context.js";
import { type Outcome } from "../graphql/payload.js";
import { described } from "../log.js";
import { type Claim, Identifiers } from "./identifiers.js";

@CommandHandler(AccountCommand)
export class AccountHandler implements ICommandHandler<AccountCommand> {
  constructor(
    private readonly commander: Commander,
    private readonly identifiers: Identifiers,
    private readonly backend: Backend,
  ) {}

  async execute({ order, caller }: AccountCommand): Promise<Outcome> {
    switch (order.name) {
      case "openAccount":
        return this.claiming(order, caller, this.commander.newId(caller, order, "account"), order.input.identifier);
      case "addAlias":
        return this.claiming(order, caller, order.input.accountId, order.input.alias);
      case "changeMainProduct":
        return this.run(order, caller, order.input.accountId, "", (events) => Promise.resolve(events));
      case "removeAlias":
      case "closeAccount":
        return this.releasing(order, caller, order.input.accountId);
    }
  }

  /** First the identifier, in its own stream; then the account's event (domain.md 10). */
  private async claiming(order: AccountOrder, caller: Caller, accountId: string, identifier: string): Promise<Outcome> {
    const hash = await this.identifiers.hash(caller.providerId, identifier);
    const claimed: { claim?: Claim; isNew: boolean } = { isNew: false };
    try {
      const outcome = await this.run(order, caller, accountId, hash, async (events, now) => {
        const on = events[0]?.data.effectiveOn ?? now.slice(0, 10);
        claimed.claim = { caller, idempotencyKey: order.input.idempotencyKey, hash, accountId, on, now };
        claimed.isNew = (await this.identifiers.reserve(claimed.claim)) || claimed.isNew;
        return events;
      });
      // The account had it before: a removal of it that was under way may have released it meanwhile.
      if (claimed.claim && !claimed.isNew && !outcome.repeated) await this.reserveAgain(claimed.claim);
      return outcome;
    } catch (error) {
      // Nobody else can have come to rely on the reservation: the account is new, or closed for good.
      const safe = order.name === "openAccount" || (error instanceof Rejection && error.code.endsWith("_CLOSED"));
      if (claimed.claim && claimed.isNew && safe && error instanceof Rejection) await this.tryRelease(claimed.claim);
      throw error;
    }
  }

  private async reserveAgain(claim: Claim): Promise<void> {
    try {
      await this.identifiers.reserve(claim);
    } catch (error) {
      const { hash, caller } = claim;
      this.backend.log("identifier lost", { hash, correlationId: caller.correlationId, ...described(error) });
    }
  }

  /** First the account's event; then its identifiers are free. */
  private async releasing(order: AccountOrder, caller: Caller, accountId: string): Promise<Outcome> {
    const alias = order.name === "removeAlias" ? await this.identifiers.hash(caller.providerId, order.input.alias) : "";
    let claims: Claim[] = [];
    const outcome = await this.run(order, caller, accountId, alias, (events, now, state) => {
      const on = events[0]?.data.effectiveOn ?? now.slice(0, 10);
      const hashes = order.name === "removeAlias" ? [alias] : hashesOf(state);
      const { idempotencyKey } = order.input;
      claims = hashes.map((hash) => ({ caller, idempotencyKey, hash, accountId, on, now }));
      return Promise.resolve(events);
    });
    await Promise.all(claims.map((claim) => this.tryRelease(claim)));
    return outcome;
  }

  /** A processor releases what this fails to. */
  private async tryRelease(claim: Claim): Promise<void> {
    try {
      await this.identifiers.release(claim);
    } catch (error) {
      const { hash, caller } = claim;
      this.backend.log("identifier not released", { hash, correlationId: caller.correlationId, ...described(error) });
    }
  }

  /** @param then what happens between the decision and its append */
  private async run(
    order: AccountOrder,
    caller: Caller,
    accountId: string,
    identifierHash: string,
    then: (events: readonly AccountEvent[], now: string, state: Account | null) => Promise<readonly AccountEvent[]>,
  ): Promise<Outcome> {
    const { outcome } = await this.commander.run<Account | null, AccountEvent>({
      ...{ caller, order, id: accountId, category: "account", decider: accountEvolver },
      decide: async (state, now) => {
        const asked = { accountId, identifierHash, now };
        const events = await this.decide(caller.providerId, order, state, asked);
        return events.length === 0 ? events : then(events, now, state);
      },
    });
    return outcome;
  }

  private async decide(
    providerId: string,
    order: AccountOrder,
    state: Account | null,
    { accountId, identifierHash, now }: { accountId: string; identifierHash: string; now: string },
  ): Promise<readonly AccountEvent[]> {
    const facts = (customerId: string | undefined, mainProductId: string | null) =>
      accountFacts(this.backend, providerId, customerId ?? null, mainProductId);
    switch (order.name) {
      case "openAccount": {
        const { customerId, identifier, mainProductId, effectiveOn } = order.input;
        const wish = { accountId, identifier, identifierHash, mainProductId, now };
        return openAccount({ ...wish, ...(effectiveOn && { effectiveOn }) }, await facts(customerId, mainProductId));
      }
      case "changeMainProduct": {
        const { mainProductId } = order.input;
        return changeMainProduct({ mainProductId, now }, state, await facts(state?.customerId, mainProductId));
      }
      case "addAlias": {
        const { alias } = order.input;
        return addAlias({ alias, identifierHash, now }, state, await facts(state?.customerId, null));
      }
      case "removeAlias":
        return removeAlias({ identifierHash, now }, state, await facts(state?.customerId, null));
      case "closeAccount": {
        const { effectiveOn } = order.input;
        const { customer } = await facts(state?.customerId, null);
        return closeAccount({ ...(effectiveOn && { effectiveOn }), now }, state, { customer, closedDays: REFUSE });
      }
    }
  }
}

const hashesOf = (account: Account | null): string[] =>
  account ? [account.identifierHash, ...account.aliases.map(({ identifierHash }) => identifierHash)] : [];
