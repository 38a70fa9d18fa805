import { InputType } from "@nestjs/graphql";
import { type servicePolicyCommands } from "#application/catalog/service-policy-commands.js";
import { type tariffCommands } from "#application/catalog/tariff-commands.js";
import { DurationRoundingEnum, RateKeyEnum } from "./enums.js";
import { Expecting } from "../graphql/expected.js";
import {
  AmountField,
  CountField,
  FlagField,
  IdempotencyKey,
  IdField,
  InputField,
  InstantField,
  NestedListField,
  TextField,
} from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { DefineServicePolicyInput, ReviseServicePolicyInput, ServicePolicyPayload } from "./service-policy-models.js";
import { TariffPayload } from "./tariff-models.js";

const nullable = { nullable: true };
const optional = { optional: true };

@InputType({ description: "Defines a tariff." })
export class DefineTariffInput {
  @IdempotencyKey() idempotencyKey: string;
  @TextField("Its name.") name: string;
  @TextField("What it is for.", nullable, 1000) description?: string | null;
  @TextField("ISO 4217 code.") currency: string;
  @InputField(() => RateKeyEnum, "The number of a call by which its rate is found; `CLD` unless given.", optional)
  matchBy?: keyof typeof RateKeyEnum;
  @InputField(() => DurationRoundingEnum, "How lengths are rounded to seconds; `NEAREST` unless given.", optional)
  duration?: keyof typeof DurationRoundingEnum;
}

@Expecting("tariffId")
@InputType({ description: "Revises a tariff. Fields left out keep their values." })
export class ReviseTariffInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The tariff.") tariffId: string;
  @TextField("Its name.", optional) name?: string;
  @TextField("What it is for.", nullable, 1000) description?: string | null;
}

@InputType({ description: "Makes another tariff with the same terms and rates." })
export class CloneTariffInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The tariff to copy.") tariffId: string;
  @TextField("The name of the new one.") name: string;
}

@InputType({ description: "A version of a rate." })
export class RateInput {
  @TextField("Digits; empty: the default, which hidden numbers have too.", {}, 32) prefix: string;
  @TextField("Where it leads.", nullable, 100) description?: string | null;
  @TextField("ISO 3166-1 alpha-2.", nullable, 2) country?: string | null;
  @InstantField(
    "From when it holds: now, unless given, or later. While the provider has no call, any instant.",
    optional,
  )
  effectiveFrom?: string;
  @AmountField("Per minute of the first interval, at most 5 decimals.") priceFirst: string;
  @AmountField("Per minute of further intervals, at most 5 decimals.") priceNext: string;
  @AmountField("For each call longer than 0 s; 0 unless given.", optional) connectFee?: string;
  @CountField("Seconds that are charged at least, 1 to 3600; 1 unless given.", optional) firstInterval?: number;
  @CountField("Steps in which the charge goes on, 1 to 3600 s; 1 unless given.", optional) nextInterval?: number;
  @FlagField("The prefix no longer matches; a shorter one may.", optional) discontinued?: boolean;
  @FlagField("As the longest match it refuses the call.", optional) forbidden?: boolean;
  @FlagField("Customers do not see it.", optional) hidden?: boolean;
  @FlagField("Calls are paid back: amounts are negative.", optional) payback?: boolean;
}

@InputType({ description: "Adds versions of rates." })
export class ChangeRatesInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The tariff.") tariffId: string;
  @NestedListField(() => RateInput, "The versions, 1 to 1000; each takes the place of one with its prefix and instant.")
  rates: RateInput[];
}

/** Characters of CSV in one request: a longer file comes in parts. */
const LONGEST_CSV = 200_000;

@InputType({ description: "Rates of a tariff as CSV, or a part of them." })
export class RateFileInput {
  @IdField("The tariff.") tariffId: string;
  @TextField(
    "A line with the names of the columns, then one line for each rate, at most 1000: prefix, priceFirst and priceNext, and what else a rate has. A longer file comes in parts, each with the names.",
    {},
    LONGEST_CSV,
  )
  csv: string;
  @CountField("The number of the line after the names, by which lines are told; 2 unless given.", { nullable: true })
  firstLine?: number | null;
  @InstantField("From when rates without an instant hold; now unless given.", { nullable: true })
  effectiveFrom?: string | null;
}

@InputType({ description: "Adds what a file of rates says anew." })
export class ImportRatesInput extends RateFileInput {
  @IdempotencyKey() idempotencyKey: string;
}

@InputType({ description: "Names a version of a rate." })
export class RateNameInput {
  @TextField("Its prefix.", {}, 32) prefix: string;
  @InstantField("From when it would hold.") effectiveFrom: string;
}

@InputType({ description: "Takes away versions of rates." })
export class RemoveRatesInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField("The tariff.") tariffId: string;
  @NestedListField(() => RateNameInput, "The versions, 1 to 1000.") rates: RateNameInput[];
}

const SERVICE_POLICY = { kind: "servicePolicy", payload: ServicePolicyPayload } as const;
const TARIFF = { kind: "tariff", payload: TariffPayload } as const;

export const tariffMutations = {
  defineServicePolicy: {
    input: DefineServicePolicyInput,
    description: "Defines a service policy.",
    answers: SERVICE_POLICY,
  },
  reviseServicePolicy: {
    input: ReviseServicePolicyInput,
    description: "Revises a service policy, for accounts that have it as well.",
    answers: SERVICE_POLICY,
  },
  defineTariff: { input: DefineTariffInput, description: "Defines a tariff, without rates.", answers: TARIFF },
  reviseTariff: { input: ReviseTariffInput, description: "Revises name and description of a tariff.", answers: TARIFF },
  cloneTariff: {
    input: CloneTariffInput,
    description: "Makes another tariff with the same terms and rates, those to come included.",
    answers: TARIFF,
  },
  changeRates: {
    input: ChangeRatesInput,
    description: "Adds versions of rates to a tariff; no rated call changes.",
    answers: TARIFF,
  },
  importRates: {
    input: ImportRatesInput,
    description:
      "Adds the versions of rates of a CSV file that say something new; nothing where any line has a mistake, and then all mistakes are told.",
    answers: TARIFF,
  },
  removeRates: {
    input: RemoveRatesInput,
    description: "Takes away versions of rates that are still to come.",
    answers: TARIFF,
  },
} satisfies MutationFields<keyof typeof servicePolicyCommands | keyof typeof tariffCommands>;
