import { Args, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { type Language } from "#domain/language.js";
import {
  accountSubject,
  commitmentSubject,
  customerSubject,
  documentSubject,
  subjectOfId,
} from "#read-models/history/subject.js";
import { type Scope } from "#read-models/rows/scope.js";
import { Account } from "../accounts/models.js";
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
/** Below `asOf` with `knownAt`, what was recorded by then: read from the journal all the same, which is never as of then. */
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

@Resolver(() => Customer)
export class CustomerHistoryField {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => HistoryConnection, HISTORY("it and all that belongs to it"))
  async history(
    @Parent() { id }: Customer,
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: HistoryFilter,
    @Args("language", LANGUAGE) language: Language,
    @ScopeOf() scope: Scope,
    @ReaderOf() { moment }: Reader,
  ): Answer {
    const subject = await customerSubject(this.backend.dataSource, scope.providerId, id);
    return readHistory(this.backend, scope, subject, { filter, slice, language, moment });
  }
}

@Resolver(() => Account)
export class AccountHistoryField {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => HistoryConnection, HISTORY("it and the commitments that it holds or held"))
  async history(
    @Parent() { id }: Account,
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: HistoryFilter,
    @Args("language", LANGUAGE) language: Language,
    @ScopeOf() scope: Scope,
    @ReaderOf() { moment }: Reader,
  ): Answer {
    const subject = await accountSubject(this.backend.dataSource, scope.providerId, id);
    return readHistory(this.backend, scope, subject, { filter, slice, language, moment });
  }
}

@Resolver(() => Commitment)
export class CommitmentHistoryField {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => HistoryConnection, HISTORY("it"))
  history(
    @Parent() { id }: Commitment,
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: HistoryFilter,
    @Args("language", LANGUAGE) language: Language,
    @ScopeOf() scope: Scope,
    @ReaderOf() { moment }: Reader,
  ): Answer {
    const subject = commitmentSubject(scope.providerId, id);
    return readHistory(this.backend, scope, subject, { filter, slice, language, moment });
  }
}

@Resolver(() => Invoice)
export class InvoiceHistoryField {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => HistoryConnection, HISTORY("it, and what names it"))
  async history(
    @Parent() { id }: Invoice,
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: HistoryFilter,
    @Args("language", LANGUAGE) language: Language,
    @ScopeOf() scope: Scope,
    @ReaderOf() { moment }: Reader,
  ): Answer {
    const subject = await documentSubject(this.backend.dataSource, scope.providerId, id, "invoices");
    return readHistory(this.backend, scope, subject, { filter, slice, language, moment });
  }
}

@Resolver(() => CreditNote)
export class CreditNoteHistoryField {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => HistoryConnection, HISTORY("it, and what names it"))
  async history(
    @Parent() { id }: CreditNote,
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: HistoryFilter,
    @Args("language", LANGUAGE) language: Language,
    @ScopeOf() scope: Scope,
    @ReaderOf() { moment }: Reader,
  ): Answer {
    const subject = await documentSubject(this.backend.dataSource, scope.providerId, id, "credit_notes");
    return readHistory(this.backend, scope, subject, { filter, slice, language, moment });
  }
}
