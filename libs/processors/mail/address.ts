import { domainToASCII } from "node:url";
import { isEmailAddress } from "#domain/email-address.js";

/** Whether a text is one e-mail address whose domain has an ASCII name (RFC 5890), by which servers know it. */
export const isAddress = (text: string): boolean =>
  isEmailAddress(text) && domainToASCII(text.slice(text.lastIndexOf("@") + 1)) !== "";
