import { Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { Account } from "../accounts/models.js";
import { AccountVoice } from "../accounts/voice-models.js";
import { AddOnProduct, MainProduct } from "../catalog/models.js";
import { ServicePolicy } from "../catalog/service-policy-models.js";
import { Tariff } from "../catalog/tariff-models.js";
import { VoiceService } from "../catalog/voice-models.js";
import { type Plain } from "../graphql/plain.js";
import { OnDay } from "../graphql/on-day.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";

@Resolver(() => Account)
export class AccountVoiceField {
  @ResolveField(() => AccountVoice, { description: "How its calls are served on a day, and what it inherits." })
  voice(
    @Parent() account: Account,
    @OnDay() on: string | null,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<AccountVoice>> {
    return load.accountVoice(account, on ?? null);
  }
}

@Resolver(() => AccountVoice)
export class AccountVoiceFields {
  @ResolveField(() => MainProduct, { description: "The main product, where it is what gives calls.", nullable: true })
  mainProduct(
    @Parent() { mainProductId }: AccountVoice,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<MainProduct> | null> | null {
    return mainProductId === null ? null : load.mainProduct(mainProductId);
  }

  @ResolveField(() => AddOnProduct, { description: "The add-on product that gives calls.", nullable: true })
  addOnProduct(
    @Parent() { addOnProductId }: AccountVoice,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<AddOnProduct> | null> | null {
    return addOnProductId === null ? null : load.addOnProduct(addOnProductId);
  }
}

@Resolver(() => VoiceService)
export class VoiceServiceFields {
  @ResolveField(() => ServicePolicy, { description: "How redirections are treated.", nullable: true })
  servicePolicy(
    @Parent() { servicePolicyId }: VoiceService,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<ServicePolicy> | null> | null {
    return servicePolicyId === null ? null : load.servicePolicy(servicePolicyId);
  }

  @ResolveField(() => Tariff, { description: "By what incoming calls are rated.", nullable: true })
  incomingTariff(
    @Parent() { incomingTariffId }: VoiceService,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Tariff> | null> | null {
    return incomingTariffId === null ? null : load.tariff(incomingTariffId);
  }

  @ResolveField(() => Tariff, { description: "By what outgoing calls are rated.", nullable: true })
  outgoingTariff(
    @Parent() { outgoingTariffId }: VoiceService,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Tariff> | null> | null {
    return outgoingTariffId === null ? null : load.tariff(outgoingTariffId);
  }
}
