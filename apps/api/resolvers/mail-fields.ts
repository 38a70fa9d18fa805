import { Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { CustomerClass } from "../catalog/models.js";
import { type Plain } from "../graphql/plain.js";
import { MailTemplate } from "../mails/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";

@Resolver(() => MailTemplate)
export class MailTemplateFields {
  @ResolveField(() => CustomerClass, {
    description: "The customer class that it is for; null: every class without one of its own.",
    nullable: true,
  })
  customerClass(
    @Parent() { customerClassId }: MailTemplate,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<CustomerClass> | null> | null {
    return customerClassId === null ? null : load.customerClass(customerClassId);
  }
}
