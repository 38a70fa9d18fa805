import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { seesPersonalData } from "#application/access/rights.js";
import { type Principal } from "#application/command/principal.js";
import { stepsOf } from "#domain/step.js";
import { told } from "#documents/telling/tell.js";
import { Commitment } from "../commitments/models.js";
import { Customer } from "../customers/models.js";
import { ShownEvent, withoutPersonal } from "../events/models.js";
import { Explanation } from "../explain/models.js";
import { eventsNamed } from "../explain/shown.js";
import { PrincipalOf } from "../graphql/context.js";
import { LanguageEnum } from "../graphql/enums.js";
import { type Plain } from "../graphql/plain.js";
import { Line } from "../invoices/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";

@Resolver(() => Line)
export class LineExplanationField {
  @ResolveField(() => Explanation, {
    description:
      "Why it charges what it charges: the calculation that made it, from the basis of its document. Null where nothing was issued.",
    nullable: true,
  })
  explanation(@Parent() line: Plain<Line>, @LoadersOf() load: Loaders): Promise<Plain<Explanation>> | null {
    return line.invoiceId == null ? null : load.explanationOfLine(line.invoiceId, line);
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

@Resolver(() => Customer)
export class CustomerExplanationFields {
  @ResolveField(() => Explanation, {
    description: "Why the status is what it is: what decides it, and the events that say so.",
  })
  statusExplanation(@Parent() customer: Plain<Customer>, @LoadersOf() load: Loaders): Promise<Plain<Explanation>> {
    return load.explanationOfCustomerStatus(customer);
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
  @ResolveField(() => [ShownEvent], { description: "Every event that its steps name, in the order of the log." })
  async events(
    @Parent() { steps }: Plain<Explanation>,
    @LoadersOf() load: Loaders,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<ShownEvent>[]> {
    const events = await load.eventsNamed(eventsNamed(steps));
    return seesPersonalData(principal) ? events : events.map(withoutPersonal);
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
