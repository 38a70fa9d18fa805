import { type PreviewedType } from "../../previewed.js";
import { type Sentences } from "../../sentences-of.js";
import { COMMITMENT_PREVIEWS_IT } from "./commitments.js";
import { CUSTOMER_PREVIEWS_IT } from "./customers.js";
import { MONEY_PREVIEWS_IT } from "./money.js";
import { PROVIDER_PREVIEWS_IT } from "./providers.js";

export const PREVIEWS_IT: Sentences<PreviewedType> = {
  ...PROVIDER_PREVIEWS_IT,
  ...CUSTOMER_PREVIEWS_IT,
  ...COMMITMENT_PREVIEWS_IT,
  ...MONEY_PREVIEWS_IT,
};
