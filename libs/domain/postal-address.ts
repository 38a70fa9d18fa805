import { COUNTRIES } from "./countries.js";
import { type FieldPath, reject } from "./rejection.js";

/** A postal address, as it is printed on documents. */
export interface PostalAddress {
  /** Street and number, or post office box. */
  readonly street: string;
  /** A further line: building, floor, care of. */
  readonly addition: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  /** State or province, as it is written in addresses of the country. */
  readonly region: string | null;
  /** ISO 3166-1 alpha-2 code. */
  readonly country: string | null;
}

const LONGEST_LINE = 100;

/**
 * Trims the parts of an address; parts that are empty are null.
 * @throws Rejection VALIDATION_FAILED
 */
export const checkedAddress = (address: PostalAddress, at: readonly (string | number)[]): PostalAddress => {
  const street = checkedPart(address.street, [...at, "street"]);
  if (street === null) {
    throw reject("VALIDATION_FAILED", "street must not be empty.", {
      ...{ field: [...at, "street"], facts: { case: "TEXT_MISSING" } },
    });
  }
  return {
    street,
    addition: checkedPart(address.addition, [...at, "addition"]),
    postalCode: checkedPart(address.postalCode, [...at, "postalCode"]),
    city: checkedPart(address.city, [...at, "city"]),
    region: checkedPart(address.region, [...at, "region"]),
    country: checkedCountry(address.country, [...at, "country"]),
  };
};

/** Whether two addresses are written alike; none is like none. */
export const isSameAddress = (a: PostalAddress | null | undefined, b: PostalAddress | null | undefined): boolean =>
  JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b));

const PARTS = ["street", "addition", "postalCode", "city", "region", "country"] as const;

const partsOf = (address: PostalAddress | null | undefined) => (address ? PARTS.map((part) => address[part]) : null);

/** Trims an optional text of one line; null: there is none. @throws Rejection VALIDATION_FAILED over 100 characters */
export const checkedPart = (text: string | null, field: FieldPath): string | null => {
  const trimmed = text?.trim() ?? "";
  if (trimmed === "") return null;
  if (trimmed.length <= LONGEST_LINE) return trimmed;
  const name = typeof field === "string" ? field : field.findLast((part) => typeof part === "string");
  throw reject("VALIDATION_FAILED", `${name} is longer than ${LONGEST_LINE} characters.`, {
    ...{ field, facts: { case: "TEXT_TOO_LONG", most: String(LONGEST_LINE) } },
  });
};

const checkedCountry = (text: string | null, field: FieldPath): string | null => {
  const country = text?.trim() ?? "";
  if (country === "") return null;
  if (COUNTRIES.has(country)) return country;
  throw reject("VALIDATION_FAILED", `${country} is no country code of ISO 3166-1 such as IT.`, {
    ...{ field, facts: { case: "NO_COUNTRY", country } },
  });
};
