import { type Sentences, type TypesOf } from "../sentences-of.js";

/** Of decisions about a commitment. */
export const COMMITMENTS_IT: Sentences<TypesOf<"COMMITMENT">> = {
  CommitmentAssigned: ({ terms, accountId, effectiveOn }, say) =>
    `L’offerta «${terms.name}» è stata assegnata all’account «${say.name("ACCOUNT", accountId)}», dal ${say.day(effectiveOn)}.`,
  DiscountEndSet: ({ kind, discountEnd }, say) =>
    kind === "SYNCHRONISED"
      ? `La fine dello sconto è stata copiata da un altro impegno: ${say.day(discountEnd)}.`
      : `La fine dello sconto è stata impostata al ${say.day(discountEnd)}.`,

  PauseScheduled: ({ from, until, selfCare }, say) =>
    `${selfCare === true ? "Il cliente ha ordinato una pausa" : "È stata ordinata una pausa"}: ${say.days(from, until)}.`,
  PauseChanged: ({ from, until }, say) => `La pausa è stata modificata: ${say.days(from, until)}.`,
  PauseCancelled: ({ effectiveOn }, say) =>
    `La pausa che doveva iniziare il ${say.day(effectiveOn)} è stata annullata.`,
  PauseEnded: ({ until }, say) => `La pausa è stata terminata: il ${say.day(until)} è l’ultimo giorno.`,
  PauseRequested: ({ from, until }, say) => `Il cliente ha chiesto una pausa: ${say.days(from, until)}.`,
  PauseRequestApproved: ({ from, until }, say) => `La pausa richiesta è stata approvata: ${say.days(from, until)}.`,
  PauseRequestDeclined: () => "La pausa richiesta è stata respinta.",
  PauseRequestWithdrawn: () => "Il cliente ha ritirato la richiesta di pausa.",
  PauseRequestLapsed: ({ effectiveOn }, say) =>
    `La richiesta di pausa è decaduta: il primo giorno, ${say.day(effectiveOn)}, è iniziato senza risposta.`,

  TimeLimitedUpgradeOrdered: ({ addOnProductId, until, effectiveOn, then }, say) =>
    `È stato ordinato un upgrade temporaneo a «${say.name("ADD_ON_PRODUCT", addOnProductId)}»: ${say.days(effectiveOn, until)}${
      then === null ? "" : `, poi l’offerta «${then.terms.name}» dal ${say.day(then.from)}`
    }.`,
  TimeLimitedUpgradeExtended: ({ until }, say) => `L’upgrade temporaneo è stato prolungato fino al ${say.day(until)}.`,
  TimeLimitedUpgradeEnded: ({ effectiveOn }, say) =>
    `L’upgrade temporaneo è stato terminato: il ${say.day(effectiveOn)} è l’ultimo giorno.`,
  PlannedUpgradeCancelled: () => "L’upgrade previsto dopo quello temporaneo è stato annullato.",
  CommitmentUpgraded: ({ terms, effectiveOn }, say) =>
    `L’impegno è passato all’offerta «${terms.name}» il ${say.day(effectiveOn)}.`,
  UpgradeScheduled: ({ terms, effectiveOn }, say) =>
    `È stato ordinato un upgrade all’offerta «${terms.name}» per il ${say.day(effectiveOn)}.`,
  ScheduledUpgradeCancelled: ({ effectiveOn }, say) =>
    `L’upgrade ordinato per il ${say.day(effectiveOn)} è stato annullato.`,
  FeesRenewalOrdered: ({ terms, effectiveOn }, say) =>
    `È stato ordinato il rinnovo dei canoni: quelli della revisione ${terms.offerRevision} di «${terms.name}» valgono dal ${say.day(effectiveOn)}.`,
  FeesRenewalCancelled: ({ effectiveOn }, say) =>
    `Il rinnovo dei canoni ordinato per il ${say.day(effectiveOn)} è stato annullato.`,

  CommitmentTransferred: ({ fromAccountId, accountId, transferFee, effectiveOn }, say) =>
    `L’impegno è passato dall’account «${say.name("ACCOUNT", fromAccountId)}» all’account «${say.name("ACCOUNT", accountId)}», che lo detiene dal ${say.day(effectiveOn)}; costo di subentro ${say.money(transferFee)}.`,
  CommitmentTerminated: ({ effectiveOn, early, penaltyPreview, penaltyWaived, reason }, say) => {
    const why = {
      ORDERED: "",
      ACCOUNT_CLOSED: " perché il suo account è stato chiuso",
      CUSTOMER_CLOSED: " perché il suo cliente è stato chiuso",
      NON_PAYMENT: " per mancato pagamento",
    }[reason];
    const penalty = early ? `, con una penale di ${say.money(penaltyPreview)} per quanto noto allora` : "";
    return `L’impegno è stato terminato${why}: il ${say.day(effectiveOn)} è l’ultimo giorno addebitato${
      penaltyWaived === true ? ", e la penale è condonata" : penalty
    }.`;
  },
  TerminationCancelled: () => "Il recesso è stato annullato: l’impegno continua.",
  CommitmentAnnulled: () => "Il cliente ha esercitato il ripensamento: l’impegno è annullato e nulla ne è addebitato.",
};
