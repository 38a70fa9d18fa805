import { Field, InputType } from "@nestjs/graphql";
import { CatalogSortField, OfferStatusEnum } from "./enums.js";
import { IdField, InputField, TextField } from "../graphql/fields.js";
import { SortDirection } from "../graphql/pagination.js";

const optional = { nullable: true };
const NAME = "Only those whose name contains this text, whatever its case.";

@InputType({ description: "The sort order of catalog items." })
export class CatalogSort {
  @Field(() => CatalogSortField, { description: "The sort key." }) by: keyof typeof CatalogSortField;
  @Field(() => SortDirection, { description: "The direction.", defaultValue: "ASC" }) direction: SortDirection;
}

@InputType({ description: "Which plans to list." })
export class PlanFilter {
  @TextField(NAME, optional) name?: string | null;
  @TextField("Only those in this currency.", optional) currency?: string | null;
}

@InputType({ description: "Which add-on products to list." })
export class AddOnProductFilter {
  @TextField(NAME, optional) name?: string | null;
  @TextField("Only those of this service.", optional) service?: string | null;
}

@InputType({ description: "Which volume discount plans to list." })
export class VolumeDiscountPlanFilter {
  @TextField(NAME, optional) name?: string | null;
  @TextField("Only those of this service.", optional) service?: string | null;
}

@InputType({ description: "Which main products to list." })
export class MainProductFilter {
  @TextField(NAME, optional) name?: string | null;
  @IdField("Only those that allow this add-on product.", optional) addOnProductId?: string | null;
}

@InputType({ description: "Which customer classes to list." })
export class CustomerClassFilter {
  @TextField(NAME, optional) name?: string | null;
}

@InputType({ description: "Which offers to list." })
export class OfferFilter {
  @TextField(NAME, optional) name?: string | null;
  @TextField("Only those in this currency.", optional) currency?: string | null;
  @InputField(() => OfferStatusEnum, "Only those in this state.", optional)
  status?: keyof typeof OfferStatusEnum | null;
}
