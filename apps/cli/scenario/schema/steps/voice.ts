import { callLegs } from "#domain/voice/xdr.js";
import { type VoiceAction } from "../../actions.js";
import { money, nameOf, listOf, text, timeOfDay, word } from "../values.js";
import { rate } from "../voice.js";
import { step, type StepSchemas } from "./step.js";

export const VOICE_STEPS: StepSchemas<VoiceAction> = {
  call: step(
    "call",
    {
      call: nameOf("account"),
      at: timeOfDay.default("12:00:00").describe("Of the answer, in the customer's time zone"),
      leg: word(callLegs).describe("Whether it came in to the account, or went out from it"),
      from: text.nullable().default(null).describe("The caller's number; null: hidden"),
      to: text.describe("The number that was called"),
      seconds: money.describe("Its length, with at most three decimals"),
      key: text.optional().describe("What names the call to whoever records it: a repetition changes nothing"),
    },
    ({ call: account, at: time, leg, from, to, seconds, key }) => ({
      action: { kind: "call", account, time, leg, from, to, seconds, key },
      whose: { account },
    }),
  ),
  changeRates: step(
    "changeRates",
    { changeRates: nameOf("tariff"), rates: listOf(rate) },
    ({ changeRates: tariff, rates }) => ({ action: { kind: "changeRates", tariff, rates }, whose: null }),
  ),
};
