import { type NodemailerError } from "nodemailer";
import { type Answer } from "../deliveries/target.js";

/** Characters of a server's answer that are kept. */
const LONGEST = 500;

/**
 * What the failure of a try means. What a server says before it is told the recipient is about us, and then all mails
 * wait: it does not take mails from us as we are configured. What it says after that is about the mail: 4xx may go better
 * later, as when it greylists; 5xx will not. No answer, a broken connection, a refused login and 421, with which a server
 * goes away, are outages.
 */
export const answerOf = (error: NodemailerError): Answer => {
  const sentence = sentenceOf(error);
  const { responseCode } = error;
  if (responseCode === undefined) {
    return isAboutTheMail(error) ? { outcome: "REFUSED", error: sentence } : { outcome: "DOWN", error: sentence };
  }
  if (!isAboutTheMail(error)) return { outcome: "DOWN", error: sentence };
  // 503: commands in an order that the server did not expect; its session is gone, not the mail's chance.
  const isFinal = responseCode >= 500 && responseCode !== 503;
  return isFinal ? { outcome: "REFUSED", error: sentence } : { outcome: "FAILED", error: sentence };
};

/** Replies to whatever command: the server goes, or asks for a login, or refuses it. */
const ABOUT_US = [421, 530, 534, 535, 538];

/** 552 and 452 to MAIL FROM are about the size that it announces. */
const isAboutTheMail = ({ code, command, responseCode, message }: NodemailerError): boolean => {
  if (responseCode !== undefined && ABOUT_US.includes(responseCode)) return false;
  if (code === "EMESSAGE") return true;
  if (code !== "EENVELOPE") return false;
  if (command === "MAIL FROM") return responseCode === 552 || responseCode === 452;
  return command !== "API" || message.startsWith("Invalid recipient");
};

const sentenceOf = ({ message, response, code }: NodemailerError): string => {
  const said = (response ?? message).replaceAll(/\s+/g, " ").trim().slice(0, LONGEST);
  if (code === "EAUTH") return `The mail server refused the login: ${said}`;
  return response === undefined ? `The mail server could not be used: ${said}` : `The mail server said: ${said}`;
};
