import { type Answer, type Verification } from "../deliveries/target.js";
import { type ComposedMail, type Mailbox } from "./composed.js";

/** The way by which a provider's mails leave. */
export interface MailSender {
  readonly from: Mailbox;
  /** As operators may see it: secrets are masked. */
  readonly configuration: readonly { readonly key: string; readonly value: string }[];
  /** @param file a name for the mail, of characters that file names may have */
  send(mail: ComposedMail, file: string, signal: AbortSignal): Promise<Answer>;
  verify(signal: AbortSignal): Promise<Verification>;
  /** Ends its connections. */
  close(): void;
}
