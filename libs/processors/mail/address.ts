import { domainToASCII } from "node:url";

/** One mailbox: no character that a header or a server could read as several, or as more than an address. */
const ONE = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@([\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?)$/u;

/** Whether a text is one e-mail address. Whether somebody reads it is for its server to say. */
export const isAddress = (text: string): boolean => {
  const [, domain = ""] = ONE.exec(text) ?? [];
  return text.length <= 254 && !text.includes("..") && domainToASCII(domain) !== "";
};
