import { type Sentences } from "../sentences-of.js";
import { COMMITMENTS_EN } from "./commitments.js";
import { CUSTOMERS_EN } from "./customers.js";
import { MONEY_EN } from "./money.js";
import { PROVIDERS_EN } from "./providers.js";
import { SIGNALS_EN } from "./signals.js";

export const EN: Sentences = { ...PROVIDERS_EN, ...CUSTOMERS_EN, ...COMMITMENTS_EN, ...SIGNALS_EN, ...MONEY_EN };
