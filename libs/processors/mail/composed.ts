import { domainToASCII } from "node:url";
import MailComposer from "nodemailer/lib/mail-composer";
import { type RenderedMail } from "#mail/render.js";

/** Whom a mail is from or to. */
export interface Mailbox {
  /** Null: the address alone. */
  readonly name: string | null;
  readonly address: string;
}

/** A mail as it goes out, byte by byte. */
export interface ComposedMail {
  /** The addresses of the envelope. */
  readonly from: string;
  readonly to: string;
  /** Headers and body, of 7 bit characters unless an address has others. */
  readonly message: string;
}

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

export interface Composing {
  /** Makes its Message-ID, and the boundaries between its parts. */
  readonly id: string;
  /** ISO instant. */
  readonly date: string;
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly attachments?: readonly Attachment[];
}

/** Puts a mail together. The same input gives the same bytes. */
export const composeMail = async (
  { subject, text, html }: RenderedMail,
  { id, date, from, to, attachments = [] }: Composing,
): Promise<ComposedMail> => {
  const composer = new MailComposer({
    from: headerOf(from),
    to: headerOf(to),
    subject,
    text,
    html,
    date: new Date(date),
    messageId: `<${id}@${domainOf(from.address)}>`,
    // No answers of machines to a machine (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated" },
    attachments: attachments.map(({ content, ...attachment }) => ({ ...attachment, content: Buffer.from(content) })),
    baseBoundary: id,
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const message = await composer.compile().build();
  return { from: asciiDomain(from.address), to: asciiDomain(to.address), message: message.toString("utf8") };
};

/** Names are one line, whatever they hold: a line break would begin another header. */
const headerOf = ({ name, address }: Mailbox): { name: string; address: string } => ({
  name: (name ?? "").replaceAll(/[\s\p{Cc}]+/gu, " ").trim(),
  address,
});

/** Servers know domains in other letters by their ASCII names (RFC 5890). */
const asciiDomain = (address: string): string =>
  address.replace(/@.*$/u, (domain) => `@${domainToASCII(domain.slice(1))}`);

const domainOf = (address: string): string => domainToASCII(address.slice(address.lastIndexOf("@") + 1));
