export const en = {
  item: "Setting",
  value: "In effect",
  nothing: "None",
  sipContact: "SIP contact",
  host: "Host",
  port: "Port",
  portHint: "Empty: 5060, or 5061 for TLS",
  transport: "Transport",
  servicePolicy: "Service policy",
  incomingTariff: "Tariff of calls received",
  outgoingTariff: "Tariff of calls made",
  tariffIn: "{name} ({currency})",
  maxCalls: "Calls at the same time",
  maxSeconds: "Longest call, seconds",
  anyNumber: "Any number",
  inSeconds: "{seconds} s",
  language: "Language of announcements",
  EN: "English",
  IT: "Italian",
};

export type VoiceTexts = typeof en;
