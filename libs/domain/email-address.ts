/**
 * One mailbox: no character that a header or a server could read as several, or as more than an address. Letters may be
 * of any script (RFC 6531), in the domain too (RFC 5890); quoted names and numeric domains are not taken.
 */
const ONE = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}])?$/u;
const LONGEST = 254;
const LONGEST_LABEL = 63;

/** Whether a text is one e-mail address that mail servers take. Whether somebody reads it is for its server to say. */
export const isEmailAddress = (text: string): boolean =>
  ONE.test(text) &&
  text.length <= LONGEST &&
  !text.includes("..") &&
  text
    .slice(text.indexOf("@") + 1)
    .split(".")
    .every((label) => label.length <= LONGEST_LABEL);
