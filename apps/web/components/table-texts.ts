import { type Translations } from "../texts/language.js";

const en = {
  rows: "{count, plural, =0 {No rows} one {# row} other {# rows}}",
  rowsMore: "{count, plural, one {# row} other {# rows}} of {total, number}",
};

type Texts = typeof en;

const it: Texts = {
  rows: "{count, plural, =0 {Nessuna riga} one {# riga} other {# righe}}",
  rowsMore: "{count, plural, one {# riga} other {# righe}} su {total, number}",
};

/** What tables say. */
export const tableTexts: Translations<Texts> = { en, it };
