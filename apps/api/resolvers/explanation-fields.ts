import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { seesPersonalData } from "#application/access/rights.js";
import { type Principal } from "#application/command/principal.js";
import { stepsOf } from "#domain/step.js";
import { told } from "#documents/telling/tell.js";
import { rowsOfEvents } from "#read-models/history/entries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { Account } from "../accounts/models.js";
import { Commitment } from "../commitments/models.js";
import { Backend } from "../core/backend.js";
import { Customer } from "../customers/models.js";
import { ShownEvent, withoutPersonal } from "../events/models.js";
import { Explanation } from "../explain/models.js";
import { eventsNamed, explanationShown } from "../explain/shown.js";
import { PrincipalOf, ScopeOf } from "../graphql/context.js";
import { LanguageEnum } from "../graphql/enums.js";
import { type Plain } from "../graphql/plain.js";
import { historyEntries } from "../history/entries.js";
import { HistoryEntry } from "../history/models.js";
import { Invoice, Line } from "../invoices/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";

@Resolver(() => Line)
export class LineExplanationField {
  @ResolveField(() => Explanation, {
    description:
      "Why it charges what it charges: the calculation that made it. Of an issued line from the basis of its document; of one that is foreseen from what is known now. Null: it is of an offer that nobody holds, or a timeline foresees it.",
    nullable: true,
  })
  async explanation(@Parent() line: Plain<Line>, @LoadersOf() load: Loaders): Promise<Plain<Explanation> | null> {
    if (line.invoiceId != null) return load.explanationOfLine(line.invoiceId, line);
    return line.working ? explanationShown(await line.working(), line.currency) : null;
  }
}

@Resolver(() => Commitment)
export class CommitmentExplanationFields {
  @ResolveField(() => Explanation, {
    description:
      "Why the discount end date is what it is: as it was agreed or set, with every pause that moves it. Null: there is no such date.",
    nullable: true,
  })
  discountEndExplanation(
    @Parent() commitment: Plain<Commitment>,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Explanation> | null> {
    return load.explanationOfDiscountEnd(commitment);
  }

  @ResolveField(() => Explanation, {
    description: "Why the status is what it is: what decides it, and the events that say so.",
  })
  statusExplanation(@Parent() commitment: Plain<Commitment>, @LoadersOf() load: Loaders): Promise<Plain<Explanation>> {
    return load.explanationOfCommitmentStatus(commitment);
  }
}

@Resolver(() => Account)
export class AccountExplanationFields {
  @ResolveField(() => Explanation, {
    description: "Why the status is what it is: what decides it, and the events that say so.",
  })
  statusExplanation(@Parent() account: Plain<Account>, @LoadersOf() load: Loaders): Promise<Plain<Explanation>> {
    return load.explanationOfAccountStatus(account);
  }
}

@Resolver(() => Invoice)
export class InvoiceExplanationFields {
  @ResolveField(() => Explanation, {
    description:
      "Why the state is what it is: everything that changed what is left to pay, the due date, and whether it is void.",
  })
  stateExplanation(@Parent() invoice: Plain<Invoice>, @LoadersOf() load: Loaders): Promise<Plain<Explanation>> {
    return load.explanationOfInvoiceState(invoice);
  }
}

@Resolver(() => Customer)
export class CustomerExplanationFields {
  @ResolveField(() => Explanation, {
    description: "Why the status is what it is: what decides it, and the events that say so.",
  })
  statusExplanation(@Parent() customer: Plain<Customer>, @LoadersOf() load: Loaders): Promise<Plain<Explanation>> {
    return load.explanationOfCustomerStatus(customer);
  }

  @ResolveField(() => Explanation, {
    description:
      "What the balance consists of: what is left of each payment and credit note; below zero, what is owed beyond all invoices.",
  })
  balanceExplanation(@Parent() customer: Plain<Customer>, @LoadersOf() load: Loaders): Promise<Plain<Explanation>> {
    return load.explanationOfBalance(customer);
  }

  @ResolveField(() => Explanation, {
    description: "What the balance due consists of: every invoice, credit note, payment, refund and write-off.",
  })
  balanceDueExplanation(@Parent() customer: Plain<Customer>, @LoadersOf() load: Loaders): Promise<Plain<Explanation>> {
    return load.explanationOfBalanceDue(customer);
  }
}

@Resolver(() => Explanation)
export class ExplanationFields {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => [ShownEvent], { description: "Every event that its steps name, in the order of the log." })
  async events(
    @Parent() { steps }: Plain<Explanation>,
    @LoadersOf() load: Loaders,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<ShownEvent>[]> {
    const events = await load.eventsNamed(eventsNamed(steps));
    return seesPersonalData(principal) ? events : events.map(withoutPersonal);
  }

  @ResolveField(() => [HistoryEntry], {
    description: "The same events as a history tells them, in the order of the log.",
  })
  async entries(
    @Parent() { steps }: Plain<Explanation>,
    @Args("language", { type: () => LanguageEnum, defaultValue: "EN", description: "In which language." })
    language: keyof typeof LanguageEnum,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<HistoryEntry>[]> {
    const rows = await rowsOfEvents(this.backend.dataSource, scope.providerId, eventsNamed(steps));
    return [...(await historyEntries(this.backend, scope, rows, language)).values()];
  }

  @ResolveField(() => [String], {
    description: "The calculation in sentences, as they could be read to the customer on the phone, the result last.",
  })
  async sentences(
    @Parent() { root, currency }: Plain<Explanation>,
    @Args("language", { type: () => LanguageEnum, defaultValue: "EN", description: "In which language." })
    language: keyof typeof LanguageEnum,
    @LoadersOf() load: Loaders,
  ): Promise<string[]> {
    const documents = [...new Set([...stepsOf(root)].flatMap(({ on }) => on?.invoiceId ?? []))];
    const found = await Promise.all(documents.map((id) => load.documentNumber(id)));
    const numbers = new Map(
      documents.flatMap((id, place) => (found[place] == null ? [] : [[id, found[place]] as const])),
    );
    return told(root, { language, currency, dates: { pattern: null }, numbers });
  }
}
