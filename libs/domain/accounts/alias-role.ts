/** What an alias is to whoever calls: a telephone line, a mobile phone, a SIP trunk, or anything (docs/rules.md#accounts). */
export type AliasRole = "UNIVERSAL" | "PHONE_LINE" | "MOBILE" | "SIP_TRUNK";
