import { type PreviewedOf } from "../../previewed.js";
import { type Sentences } from "../../sentences-of.js";

/** Of commands on a commitment. */
export const COMMITMENT_PREVIEWS_IT: Sentences<PreviewedOf<"COMMITMENT">> = {
  CommitmentAssigned: ({ terms, accountId, effectiveOn }, say) =>
    `L’account «${say.name("ACCOUNT", accountId)}» avrà l’offerta «${terms.name}» dal ${say.day(effectiveOn)}.`,
  DiscountEndSet: ({ kind, discountEnd }, say) =>
    kind === "SYNCHRONISED"
      ? `La fine dello sconto sarà copiata da un altro impegno: ${say.day(discountEnd)}.`
      : `La fine dello sconto sarà impostata al ${say.day(discountEnd)}.`,

  PauseScheduled: ({ from, until }, say) => `L’impegno sarà in pausa: ${say.days(from, until)}.`,
  PauseChanged: ({ from, until }, say) => `La pausa avrà altri giorni: ${say.days(from, until)}.`,
  PauseCancelled: ({ effectiveOn }, say) => `Dal ${say.day(effectiveOn)} non ci sarà la pausa: è annullata.`,
  PauseEnded: ({ until }, say) => `La pausa finirà: il ${say.day(until)} è l’ultimo giorno.`,
  PauseRequested: ({ from, until }, say) =>
    `Sarà richiesta una pausa: ${say.days(from, until)}. Nulla cambia finché non è approvata.`,
  PauseRequestApproved: ({ from, until }, say) => `La pausa richiesta sarà approvata: ${say.days(from, until)}.`,
  PauseRequestDeclined: () => "La pausa richiesta sarà respinta.",
  PauseRequestWithdrawn: () => "La richiesta di pausa sarà ritirata.",

  TimeLimitedUpgradeOrdered: ({ addOnProductId, until, effectiveOn, then }, say) =>
    `Ci sarà un upgrade temporaneo a «${say.name("ADD_ON_PRODUCT", addOnProductId)}»: ${say.days(effectiveOn, until)}${
      then === null ? "" : `, poi l’offerta «${then.terms.name}» dal ${say.day(then.from)}`
    }.`,
  TimeLimitedUpgradeExtended: ({ until }, say) => `L’upgrade temporaneo durerà fino al ${say.day(until)}.`,
  TimeLimitedUpgradeEnded: ({ effectiveOn }, say) =>
    `L’upgrade temporaneo finirà: il ${say.day(effectiveOn)} è l’ultimo giorno.`,
  PlannedUpgradeCancelled: () => "L’upgrade previsto dopo quello temporaneo non sarà effettuato.",
  CommitmentUpgraded: ({ terms, effectiveOn }, say) =>
    `L’impegno passerà all’offerta «${terms.name}» il ${say.day(effectiveOn)}.`,
  UpgradeScheduled: ({ terms, effectiveOn }, say) =>
    `L’impegno passerà all’offerta «${terms.name}» il ${say.day(effectiveOn)}; fino ad allora si può annullare.`,
  ScheduledUpgradeCancelled: ({ effectiveOn }, say) =>
    `L’upgrade ordinato per il ${say.day(effectiveOn)} non sarà effettuato.`,
  FeesRenewalOrdered: ({ terms, effectiveOn }, say) =>
    `I canoni saranno rinnovati: quelli della revisione ${terms.offerRevision} di «${terms.name}» valgono dal ${say.day(effectiveOn)}.`,
  FeesRenewalCancelled: ({ effectiveOn }, say) =>
    `I canoni non saranno rinnovati il ${say.day(effectiveOn)}: l’ordine è annullato.`,

  CommitmentTransferred: ({ fromAccountId, accountId, transferFee, effectiveOn }, say) =>
    `L’impegno passerà dall’account «${say.name("ACCOUNT", fromAccountId)}» all’account «${say.name("ACCOUNT", accountId)}», che lo detiene dal ${say.day(effectiveOn)}; costo di subentro ${say.money(transferFee)}.`,
  CommitmentTerminated: ({ effectiveOn, early, penaltyPreview, penaltyWaived }, say) => {
    const penalty = early ? `, con una penale di ${say.money(penaltyPreview)} per quanto noto ora` : "";
    return `L’impegno sarà terminato: il ${say.day(effectiveOn)} è l’ultimo giorno addebitato${
      penaltyWaived === true ? ", e la penale è condonata" : penalty
    }.`;
  },
  TerminationCancelled: () => "L’impegno continuerà: il recesso è annullato.",
  CommitmentAnnulled: () =>
    "L’impegno sarà annullato per ripensamento: nulla ne è addebitato, e quanto è costato è accreditato.",
};
