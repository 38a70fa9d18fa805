import { type VoiceTexts } from "./texts.en.js";

export const it: VoiceTexts = {
  item: "Impostazione",
  value: "In vigore",
  nothing: "Nessuno",
  sipContact: "Contatto SIP",
  host: "Host",
  port: "Porta",
  portHint: "Vuoto: 5060, o 5061 con TLS",
  transport: "Trasporto",
  servicePolicy: "Criterio di servizio",
  incomingTariff: "Listino delle chiamate ricevute",
  outgoingTariff: "Listino delle chiamate effettuate",
  tariffIn: "{name} ({currency})",
  maxCalls: "Chiamate contemporanee",
  maxSeconds: "Chiamata più lunga, secondi",
  anyNumber: "Senza limite",
  inSeconds: "{seconds} s",
  language: "Lingua degli annunci",
  EN: "Inglese",
  IT: "Italiano",
};
