import { InputType } from "@nestjs/graphql";
import { type providerCommands } from "#application/providers/commands.js";
import { type quarantineCommands } from "#application/providers/quarantine.js";
import {
  AmountField,
  CountField,
  FlagField,
  IdempotencyKey,
  InstantField,
  NestedField,
  TextField,
} from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { ProviderPayload } from "./models.js";

@InputType({ description: "Creates a provider." })
export class CreateProviderInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.") name: string;
  @TextField("What its invoice numbers begin with; `INV-` unless given.", { optional: true })
  invoiceNumberPrefix?: string;
  @CountField(
    "Days before today through which days of closed billing periods may be changed, 0 to 3650; 90 unless given.",
    { optional: true },
  )
  backDatingDays?: number;
  @CountField("A commitment can be annulled through its start plus so many days, 0 to 3650; 14 unless given.", {
    optional: true,
  })
  coolingOffDays?: number;
  @FlagField(
    "Deliveries to systems outside are answered by the built-in recorder, and nothing leaves; false unless given. Refused in production.",
    { optional: true },
  )
  stubTargets?: boolean;
}

@InputType({ description: "What an hour of somebody's work costs." })
export class HourlyRateInput {
  @AmountField("The amount.") amount: string;
  @TextField("ISO 4217 code.") currency: string;
}

@InputType({ description: "Changes settings of the provider. Settings left out keep their values." })
export class ChangeProviderSettingsInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.", { optional: true }) name?: string;
  @TextField("What further invoice numbers begin with.", { optional: true }) invoiceNumberPrefix?: string;
  @CountField("Days before today through which days of closed billing periods may be changed.", { optional: true })
  backDatingDays?: number;
  @CountField("A commitment can be annulled through its start plus so many days.", { optional: true })
  coolingOffDays?: number;
  @NestedField(() => HourlyRateInput, "What an hour of support costs; null: not known.", { nullable: true })
  supportHourlyRate?: HourlyRateInput | null;
}

@InputType({ description: "Sets the provider's test clock: once, while it has no customers." })
export class SetTestClockInput {
  @IdempotencyKey() idempotencyKey: string;
  @InstantField("The provider's time from now on.") at: string;
}

@InputType({ description: "Advances the provider's test clock, with all work that becomes due." })
export class AdvanceTestClockInput {
  @IdempotencyKey() idempotencyKey: string;
  @InstantField("The time to advance to.") to: string;
}

@InputType({ description: "Passes over an event that stalls the provider, from now on and in every rebuild." })
export class QuarantineEventInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("The event's stream, as the query `stalls` shows it.") stream: string;
  @TextField("The event's revision in its stream, as the query `stalls` shows it.") revision: string;
  @TextField("Why it may be passed over; recorded with who asked.") reason: string;
}

const PROVIDER = { kind: "provider", payload: ProviderPayload } as const;

export const providerMutations = {
  createProvider: {
    input: CreateProviderInput,
    description: "Creates a provider. Requests with its id in the header `tenure-provider` are for it.",
    answers: PROVIDER,
  },
  changeProviderSettings: {
    input: ChangeProviderSettingsInput,
    description: "Changes settings of the provider.",
    answers: PROVIDER,
  },
  setTestClock: {
    input: SetTestClockInput,
    description: "Sets the provider's test clock: once, while it has no customers. Refused in production.",
    answers: PROVIDER,
  },
  advanceTestClock: {
    input: AdvanceTestClockInput,
    description:
      "Advances the provider's test clock and does all work that becomes due; returns when it is done. Refused in production.",
    answers: PROVIDER,
  },
  quarantineEvent: {
    input: QuarantineEventInput,
    description:
      "Passes over the event before which the provider is stalled. Its read models go on within seconds; until then the answer is `visible: false`.",
    answers: PROVIDER,
  },
} satisfies MutationFields<keyof typeof providerCommands | keyof typeof quarantineCommands>;
