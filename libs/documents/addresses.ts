import { type Recipient } from "#domain/invoicing/events.js";
import { COUNTRIES } from "#domain/countries.js";
import { type Language } from "#domain/language.js";
import { type PostalAddress } from "#domain/postal-address.js";
import { type Issuer } from "./document.js";

/** Where the postal code follows city and region; elsewhere it precedes the city. */
const CODE_LAST = new Set(["AU", "CA", "GB", "IE", "IN", "NZ", "US", "ZA"]);

/** The lines of an address below the name. @param home the sender's country, which is not written */
export const addressLines = (address: PostalAddress, home: string | null, language: Language): string[] => {
  const { street, addition, postalCode, city, region, country } = address;
  const joined = (parts: readonly (string | null)[], by: string) => parts.filter((part) => part !== null).join(by);
  const place = CODE_LAST.has(country ?? home ?? "")
    ? joined([joined([city, region], ", ") || null, postalCode], " ")
    : joined([postalCode, city, region === null ? null : `(${region})`], " ");
  const abroad = country === null || country === home ? null : COUNTRIES.get(country)?.[language].toUpperCase();
  return [street, addition ?? "", place, abroad ?? ""].filter((line) => line !== "");
};

/** The recipient as in the window of an envelope. */
export const recipientLines = (
  { name, address }: Recipient,
  { address: own }: Issuer,
  language: Language,
): string[] => [name, ...(address ? addressLines(address, own?.country ?? null, language) : [])];
