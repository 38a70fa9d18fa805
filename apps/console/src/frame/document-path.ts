/**
 * Where an invoice or credit note is found by its number: the search leads to the customer that it is of, also where a
 * commitment had another holder then.
 */
export const documentPath = (number: string): string => `/search?text=${encodeURIComponent(number)}`;
