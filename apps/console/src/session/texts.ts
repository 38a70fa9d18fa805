import { type Translations } from "../../../web/texts/language.js";

const en = {
  moment: "One moment …",
  signIn: "Sign in",
  signInHeading: "Sign in to Tenure",
  signInFirst: "Sign in.",
  token: "Token",
  email: "E-mail address",
  sendLink: "Send me a link",
  byOpenId: "Sign in with your organisation",
  linkAccount: "From now on, sign in with your organisation",
  goOn: "Go on",
  signedIn: "You are signed in.",
  signedOut: "You are signed out.",
  ended: "Your session has ended. Sign in again: what you typed is still there.",
  tokenRefused: "This token does not count here, or no longer.",
  linkRefused: "This link was used, or has expired. Ask for another one.",
  notLetIn: "You were not let in.",
  unavailable: "Signing in is not possible now. Try again.",
  noAnswer: "Tenure does not answer. Try again.",
  linkOnItsWay: "If the address is known here, a link is on its way to it.",
  notNow: "That is not possible now. Try again later.",
  chooseProvider: "Choose a provider",
  chooseProviderHint: "You work for one provider at a time. Its name stays in view.",
  filterProviders: "Name contains",
  noProviders: "No provider with this name.",
};

type Texts = typeof en;

const it: Texts = {
  moment: "Un momento …",
  signIn: "Accedi",
  signInHeading: "Accedi a Tenure",
  signInFirst: "Effettua l'accesso.",
  token: "Token",
  email: "Indirizzo e-mail",
  sendLink: "Inviami un link",
  byOpenId: "Accedi con la tua organizzazione",
  linkAccount: "D'ora in poi, accedi con la tua organizzazione",
  goOn: "Continua",
  signedIn: "Hai effettuato l'accesso.",
  signedOut: "Sei uscito.",
  ended: "La sessione è scaduta. Accedi di nuovo: quello che hai scritto è ancora lì.",
  tokenRefused: "Questo token qui non vale, o non vale più.",
  linkRefused: "Questo link è già stato usato, o è scaduto. Chiedine un altro.",
  notLetIn: "Non sei stato ammesso.",
  unavailable: "L'accesso non è possibile ora. Riprova.",
  noAnswer: "Tenure non risponde. Riprova.",
  linkOnItsWay: "Se l'indirizzo è noto qui, un link è in arrivo.",
  notNow: "Ora non è possibile. Riprova più tardi.",
  chooseProvider: "Scegli un fornitore",
  chooseProviderHint: "Lavori per un fornitore alla volta. Il suo nome resta in vista.",
  filterProviders: "Il nome contiene",
  noProviders: "Nessun fornitore con questo nome.",
};

export const sessionTexts: Translations<Texts> = { en, it };
export type SessionText = keyof Texts;
