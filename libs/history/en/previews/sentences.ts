import { type PreviewedType } from "../../previewed.js";
import { type Sentences } from "../../sentences-of.js";
import { COMMITMENT_PREVIEWS_EN } from "./commitments.js";
import { CUSTOMER_PREVIEWS_EN } from "./customers.js";
import { MONEY_PREVIEWS_EN } from "./money.js";
import { PROVIDER_PREVIEWS_EN } from "./providers.js";

export const PREVIEWS_EN: Sentences<PreviewedType> = {
  ...PROVIDER_PREVIEWS_EN,
  ...CUSTOMER_PREVIEWS_EN,
  ...COMMITMENT_PREVIEWS_EN,
  ...MONEY_PREVIEWS_EN,
};
