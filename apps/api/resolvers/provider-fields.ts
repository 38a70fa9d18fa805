import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { dateOf, isTimeZone } from "#domain/calendar.js";
import { reject } from "#domain/rejection.js";
import { NO_DOCUMENT_DETAILS } from "#domain/providers/document-details.js";
import { presentIssuer } from "#read-models/issuers/queries.js";
import { LocalDateScalar } from "../graphql/scalars.js";
import { Backend } from "../core/backend.js";
import { type Plain } from "../graphql/plain.js";
import { DocumentDetails } from "../providers/document-details.js";
import { Clock, Provider } from "../providers/models.js";

@Resolver(() => Provider)
export class ProviderFields {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => DocumentDetails, { description: "What documents that are numbered from now on say about it." })
  async documentDetails(@Parent() { id }: Provider): Promise<Plain<DocumentDetails>> {
    const issuer = await presentIssuer(this.backend.dataSource, id);
    return issuer?.details ?? NO_DOCUMENT_DETAILS;
  }
}

const ZONE = { type: () => String, defaultValue: "UTC", description: "An IANA time zone." };

@Resolver(() => Clock)
export class ClockFields {
  @ResolveField(() => LocalDateScalar, { description: "The present day in a time zone." })
  today(@Parent() { now }: Plain<Clock>, @Args("timeZone", ZONE) timeZone: string): string {
    if (isTimeZone(timeZone)) return dateOf(now, timeZone);
    throw reject("VALIDATION_FAILED", `${timeZone} is no IANA time zone.`, { field: "timeZone" });
  }
}
