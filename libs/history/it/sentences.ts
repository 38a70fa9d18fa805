import { type Sentences } from "../sentences-of.js";
import { COMMITMENTS_IT } from "./commitments.js";
import { CUSTOMERS_IT } from "./customers.js";
import { MONEY_IT } from "./money.js";
import { PROVIDERS_IT } from "./providers.js";
import { SIGNALS_IT } from "./signals.js";

export const IT: Sentences = { ...PROVIDERS_IT, ...CUSTOMERS_IT, ...COMMITMENTS_IT, ...SIGNALS_IT, ...MONEY_IT };
