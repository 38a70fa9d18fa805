import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { parseDate } from "#domain/calendar.js";
import { type Language } from "#domain/language.js";
import { rowsOfEvents } from "#read-models/history/entries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { AddOnProduct } from "../catalog/models.js";
import { PreviewedCommitment } from "../commands/preview-models.js";
import { LeavingCost } from "../commitments/leaving-costs.js";
import { Commitment } from "../commitments/models.js";
import {
  CommitmentBar,
  CommitmentDay,
  CommitmentsTimeline,
  CommitmentTimeline,
  TimelineUpgrade,
} from "../commitments/timeline-models.js";
import { eventsOf } from "../commitments/timeline-shown.js";
import { Account } from "../accounts/models.js";
import { Customer } from "../customers/models.js";
import { Backend } from "../core/backend.js";
import { ScopeOf } from "../graphql/context.js";
import { LanguageEnum } from "../graphql/enums.js";
import { type Plain } from "../graphql/plain.js";
import { LocalDateScalar } from "../graphql/scalars.js";
import { historyEntries } from "../history/entries.js";
import { HistoryEntry } from "../history/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";

const LANGUAGE = { type: () => LanguageEnum, defaultValue: "EN", description: "The language in which it is told." };
const DAY = { type: () => LocalDateScalar, description: "The day, past or to come." };
const LEAVING = {
  description:
    "The early-termination quote for any day, as known now and by the code of the close; null where it could not end on that day: before its start, after its end, or while another customer held it.",
  nullable: true,
};

@Resolver(() => Commitment)
export class CommitmentTimelineFields {
  @ResolveField(() => CommitmentTimeline, {
    description: "All that happened to it and will, as known now, for a drawing: one answer, however long its life is.",
  })
  timeline(@Parent() commitment: Plain<Commitment>, @LoadersOf() load: Loaders): Promise<Plain<CommitmentTimeline>> {
    return load.timeline(commitment);
  }

  @ResolveField(() => CommitmentDay, { description: "What it is on a day, past or to come, as known now." })
  async on(
    @Parent() commitment: Plain<Commitment>,
    @Args("day", {
      type: () => LocalDateScalar,
      nullable: true,
      description: "The day, past or to come; the customer's today unless given.",
    })
    day: string | null,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<CommitmentDay>> {
    return load.commitmentDay(commitment, day ? parseDate(day, "day") : (await load.timeline(commitment)).today);
  }

  @ResolveField(() => LeavingCost, LEAVING)
  leavingCost(
    @Parent() commitment: Plain<Commitment>,
    @Args("on", DAY) on: string,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<LeavingCost> | null> {
    return load.leavingCost(commitment, parseDate(on, "on"));
  }
}

@Resolver(() => CommitmentDay)
export class CommitmentDayFields {
  @ResolveField(() => LeavingCost, LEAVING)
  leavingCost(
    @Parent() { commitmentId: id, customerId, day }: Plain<CommitmentDay>,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<LeavingCost> | null> {
    return load.leavingCost({ id, customerId }, day);
  }
}

@Resolver(() => CommitmentTimeline)
export class TimelineEventsField {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => [HistoryEntry], {
    description: "Every event that its shapes name, as a history tells it, in the order of the log.",
  })
  async events(
    @Parent() timeline: Plain<CommitmentTimeline>,
    @Args("language", LANGUAGE) language: Language,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<HistoryEntry>[]> {
    const rows = await rowsOfEvents(this.backend.dataSource, scope.providerId, eventsOf(timeline));
    return [...(await historyEntries(this.backend, scope, rows, language)).values()];
  }
}

@Resolver(() => TimelineUpgrade)
export class TimelineUpgradeFields {
  @ResolveField(() => AddOnProduct, { description: "The better add-on product.", nullable: true })
  addOnProduct(
    @Parent() { addOnProductId }: Plain<TimelineUpgrade>,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<AddOnProduct> | null> {
    return load.addOnProduct(addOnProductId);
  }
}

@Resolver(() => PreviewedCommitment)
export class PreviewedTimelineField {
  @ResolveField(() => CommitmentTimeline, {
    description: "Its timeline after the command, as known now; `Commitment.timeline` is the one before it.",
  })
  timelineAfter(
    @Parent() { after }: PreviewedCommitment,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<CommitmentTimeline>> {
    return load.previewedTimeline(after);
  }
}

const AXIS = {
  description:
    "Its commitments on one axis, as known now, for a drawing; what another customer holds now is not shown.",
};

@Resolver(() => Customer)
export class CustomerTimelineField {
  @ResolveField(() => CommitmentsTimeline, AXIS)
  timeline(@Parent() customer: Plain<Customer>, @LoadersOf() load: Loaders): Promise<Plain<CommitmentsTimeline>> {
    return load.customerTimeline(customer);
  }
}

@Resolver(() => Account)
export class AccountTimelineField {
  @ResolveField(() => CommitmentsTimeline, AXIS)
  timeline(@Parent() account: Plain<Account>, @LoadersOf() load: Loaders): Promise<Plain<CommitmentsTimeline>> {
    return load.accountTimeline(account);
  }
}

@Resolver(() => CommitmentBar)
export class CommitmentBarFields {
  @ResolveField(() => Commitment, { description: "The commitment.", nullable: true })
  commitment(
    @Parent() { commitmentId }: Plain<CommitmentBar>,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Commitment> | null> {
    return load.commitment(commitmentId);
  }

  @ResolveField(() => Account, { description: "The account that holds it.", nullable: true })
  account(@Parent() { accountId }: Plain<CommitmentBar>, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> {
    return load.account(accountId);
  }
}
