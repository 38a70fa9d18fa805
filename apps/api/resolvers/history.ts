import { type Type } from "@nestjs/common";
import { Args, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { type Language } from "#domain/language.js";
import { streamName } from "#event-store/streams.js";
import {
  accountSubject,
  commitmentSubject,
  customerSubject,
  documentSubject,
  type HistorySubject,
  subjectOfId,
  type Where,
} from "#read-models/history/subject.js";
import { type Scope } from "#read-models/rows/scope.js";
import { Account } from "../accounts/models.js";
import { AddOnProduct, CustomerClass, MainProduct, Offer, Plan, VolumeDiscountPlan } from "../catalog/models.js";
import { ServicePolicy } from "../catalog/service-policy-models.js";
import { Tariff } from "../catalog/tariff-models.js";
import { Commitment } from "../commitments/models.js";
import { Backend } from "../core/backend.js";
import { Customer } from "../customers/models.js";
import { ScopeOf } from "../graphql/context.js";
import { LanguageEnum } from "../graphql/enums.js";
import { type Connection, ConnectionArgs, FILTER } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { ID } from "../graphql/scalars.js";
import { HistoryConnection, type HistoryEntry, HistoryFilter } from "../history/models.js";
import { readHistory } from "../history/read.js";
import { CreditNote, Invoice } from "../invoices/models.js";
import { type Reader, ReaderOf } from "../queries/reader.js";
import { requireId } from "../queries/required.js";

const LANGUAGE = { type: () => LanguageEnum, defaultValue: "EN", description: "The language in which it is told." };
const ABOUT = {
  type: () => ID,
  nullable: true,
  description:
    "Only what was recorded of this alone: an item of the catalog, an API key, a person, whatever has an id.",
};
/** Below `asOf`, what was known and counts then: read from the journal all the same, which is never as of then. */
const HISTORY = (of: string) => ({ description: `What happened to ${of}, in words, the latest first.` });

type Answer = Promise<Connection<Plain<HistoryEntry>>>;

@Resolver()
export class HistoryQueries {
  constructor(private readonly backend: Backend) {}

  @Query(() => HistoryConnection, HISTORY("the provider and all that is its"))
  history(
    @Args() slice: ConnectionArgs,
    @Args("about", ABOUT) about: string | null | undefined,
    @Args("filter", FILTER) filter: HistoryFilter,
    @Args("language", LANGUAGE) language: Language,
    @ScopeOf() scope: Scope,
  ): Answer {
    if (about != null) requireId(about, "about");
    const subject = about == null ? null : subjectOfId(scope.providerId, about);
    return readHistory(this.backend, scope, subject, { filter, slice, language });
  }
}

/** Finds what belongs to the history of one of the provider's. */
type SubjectOf = (where: Where, provider: string, id: string) => HistorySubject | Promise<HistorySubject>;

/** The field `history` of a type. @param of what it is about, in its description */
const historyOf = (model: Type<{ readonly id: string }>, of: string, subjectOf: SubjectOf): Type => {
  @Resolver(() => model)
  class HistoryField {
    constructor(private readonly backend: Backend) {}

    @ResolveField(() => HistoryConnection, HISTORY(of))
    async history(
      @Parent() { id }: { readonly id: string },
      @Args() slice: ConnectionArgs,
      @Args("filter", FILTER) filter: HistoryFilter,
      @Args("language", LANGUAGE) language: Language,
      @ScopeOf() scope: Scope,
      @ReaderOf() { backend: { dataSource: rows }, moment }: Reader,
    ): Answer {
      const subject = await subjectOf({ rows, journal: this.backend.dataSource }, scope.providerId, id);
      return readHistory(this.backend, scope, subject, { filter, slice, language, moment });
    }
  }
  return HistoryField;
};

/** An item of the catalog is told by its own stream. */
const ofItem = (model: Type<{ readonly id: string }>): Type =>
  historyOf(model, "it", (_, provider, id) => subjectOfId(provider, id));

const ofDocument = (model: Type<{ readonly id: string }>, table: "invoices" | "credit_notes"): Type =>
  historyOf(model, "it, and what names it", (where, provider, id) => documentSubject(where, provider, id, table));

export const historyFields: readonly Type[] = [
  historyOf(Customer, "it and all that belongs to it", customerSubject),
  historyOf(Account, "it and the commitments that it holds or held", accountSubject),
  historyOf(Commitment, "it", (_, provider, id) => commitmentSubject(provider, id)),
  ofDocument(Invoice, "invoices"),
  ofDocument(CreditNote, "credit_notes"),
  ...[Plan, AddOnProduct, VolumeDiscountPlan, MainProduct, CustomerClass, Offer, ServicePolicy].map(ofItem),
  historyOf(Tariff, "it and its rates", (_, provider, id) => ({
    streams: ["tariff", "rates"].map((category) => streamName(provider, category, id)),
  })),
];
