import { Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { NO_DOCUMENT_DETAILS } from "#domain/providers/document-details.js";
import { presentIssuer } from "#read-models/issuers/queries.js";
import { Backend } from "../core/backend.js";
import { type Plain } from "../graphql/plain.js";
import { DocumentDetails } from "../providers/document-details.js";
import { Provider } from "../providers/models.js";

@Resolver(() => Provider)
export class ProviderFields {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => DocumentDetails, { description: "What documents that are numbered from now on say about it." })
  async documentDetails(@Parent() { id }: Provider): Promise<Plain<DocumentDetails>> {
    const issuer = await presentIssuer(this.backend.dataSource, id);
    return issuer?.details ?? NO_DOCUMENT_DETAILS;
  }
}
