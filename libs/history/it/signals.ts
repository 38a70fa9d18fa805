import { type Sentences, type TypesOf } from "../sentences-of.js";

/** What took effect by the passing of time. */
export const SIGNALS_IT: Sentences<TypesOf<"SIGNAL">> = {
  PauseStartTookEffect: ({ effectiveOn, until }, say) => `La pausa è iniziata: ${say.days(effectiveOn, until)}.`,
  PauseEndTookEffect: ({ effectiveOn }, say) =>
    `La pausa è finita: gli addebiti riprendono dal ${say.day(effectiveOn)}.`,
  UpgradeRevertTookEffect: () => "L’upgrade temporaneo è finito.",
  PlannedUpgradeTookEffect: ({ offerId }, say) => `È in vigore l’upgrade previsto a «${say.name("OFFER", offerId)}».`,
  UpgradeTookEffect: ({ offerId }, say) => `È in vigore l’upgrade programmato a «${say.name("OFFER", offerId)}».`,
  RenewalTookEffect: ({ offerId, offerRevision }, say) =>
    `Sono in vigore i canoni rinnovati: quelli della revisione ${offerRevision} di «${say.name("OFFER", offerId)}».`,
  DiscountEndTookEffect: ({ effectiveOn }, say) =>
    `Lo sconto è finito: il ${say.day(effectiveOn)} è il primo giorno senza.`,
  CommitmentEndNears: ({ discountEnd }, say) => `Lo sconto sta per finire, il ${say.day(discountEnd)}.`,
  TerminationTookEffect: ({ effectiveOn }, say) =>
    `L’impegno è finito: il ${say.day(effectiveOn)} è il primo giorno non addebitato.`,
  SuspensionTookEffect: () => "La sospensione ordinata per questo giorno blocca il servizio.",
  UnsuspensionTookEffect: () => "Il servizio è ripreso, come ordinato per questo giorno.",
  SubscriptionDiscountRateTookEffect: ({ rate }, say) =>
    rate === null
      ? "Valgono di nuovo gli sconti propri degli impegni."
      : `È in vigore lo sconto riservato del ${say.percent(rate)} ordinato per questo giorno.`,
};
