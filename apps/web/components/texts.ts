import { type Translations } from "../texts/language.js";

const en = {
  loading: "Loading …",
  unreachable: "Tenure cannot be reached.",
  unauthenticated: "You are not signed in, or no longer.",
  forbidden: "You may not do this.",
  busy: "Too many requests at once. Wait a moment.",
  code: "Code: {code}",
  request: "Request: {id}",
  retry: "Retry",
  required: "required",
};

type Texts = typeof en;

const it: Texts = {
  loading: "Caricamento …",
  unreachable: "Tenure non è raggiungibile.",
  unauthenticated: "Non hai effettuato l'accesso, o la sessione è scaduta.",
  forbidden: "Non ti è permesso.",
  busy: "Troppe richieste insieme. Attendi un momento.",
  code: "Codice: {code}",
  request: "Richiesta: {id}",
  retry: "Riprova",
  required: "obbligatorio",
};

/** What the components say by themselves. */
export const componentTexts: Translations<Texts> = { en, it };
