import { randomUUID } from "node:crypto";
import { type DataSource } from "typeorm";
import { type Instant } from "#domain/calendar.js";
import { reject } from "#domain/rejection.js";
import { findProvider } from "#read-models/providers/queries.js";
import { type Answer, type Target } from "../deliveries/target.js";
import { isAddress } from "./address.js";
import { type MailTarget } from "./mail-target.js";
import { type Previewed } from "./preview.js";

/** Milliseconds within which a mail server must have taken a test mail. */
const SENT_WITHIN_MS = 20_000;

const wordsFor = (providerName: string) => ({
  subject: `Test mail of ${providerName}`,
  text: `Mails to customers of ${providerName} go out as this one did. Nobody else has received it.\n`,
  html: `<p>Mails to customers go out as this one did. Nobody else has received it.</p>\n`,
});

/**
 * Sends a mail to an address that a person gives, as mails of the provider leave.
 * @param previewed what to send; null: a few words
 * @throws Rejection VALIDATION_FAILED when the address is none, CONFLICT when mail is not configured for the provider
 */
export const sendTestMail = async (
  { dataSource, targets }: { readonly dataSource: DataSource; readonly targets: readonly Target[] },
  provider: string,
  { to, previewed, now }: { readonly to: string; readonly previewed: Previewed | null; readonly now: Instant },
): Promise<Answer> => {
  if (!isAddress(to)) throw reject("VALIDATION_FAILED", "to is not one e-mail address.", { field: "to" });
  const target = targets.find(isMailTarget);
  if (!target?.isOn(provider)) throw reject("CONFLICT", "Mail is not configured for this provider.");
  const providerName = (await findProvider(dataSource, provider))?.name ?? "";
  const { mail = wordsFor(providerName), attachments = [] } = previewed ?? {};
  return target.sendTest(
    provider,
    { ...mail, attachments, id: randomUUID(), date: now, providerName, to },
    AbortSignal.timeout(SENT_WITHIN_MS),
  );
};

const isMailTarget = (target: Target): target is MailTarget => "sendTest" in target;
