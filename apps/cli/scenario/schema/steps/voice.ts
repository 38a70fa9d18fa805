import { callLegs } from "#domain/voice/xdr.js";
import { type VoiceAction } from "../../actions.js";
import { flag, money, nameOf, listOf, text, timeOfDay, word } from "../values.js";
import { rate } from "../voice.js";
import { step, type StepSchemas, type Whose } from "./step.js";

const calls = listOf(nameOf("call"));

/** The time zone of calls is that of the first one's customer. */
const whoseCalls = ([call]: readonly string[]): Whose => (call === undefined ? null : { call });

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
  rateCalls: step(
    "rateCalls",
    {
      rateCalls: calls,
      tariff: nameOf("tariff").optional().describe("The accounts' for the leg on the day of the answer unless given"),
    },
    ({ rateCalls, tariff }) => ({
      action: { kind: "rateCalls", calls: rateCalls, tariff },
      whose: whoseCalls(rateCalls),
    }),
  ),
  correctCalls: step(
    "correctCalls",
    {
      correctCalls: calls,
      void: flag.optional().describe("They cost nothing"),
      seconds: money.optional().describe("How long they were, with at most three decimals"),
      tariff: nameOf("tariff").optional().describe("By which they are rated; the one of each unless given"),
    },
    ({ correctCalls, void: isVoid, seconds, tariff }) => ({
      action: { kind: "correctCalls", calls: correctCalls, void: isVoid, seconds, tariff },
      whose: whoseCalls(correctCalls),
    }),
  ),
};
