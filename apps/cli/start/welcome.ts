import { type Configuration, type Mail } from "./configuration.js";

/**
 * Text for the user once everything runs, without passwords.
 * @param token of operators: shown, as a part of an address, only where the installation made it for itself
 */
export const welcome = (
  configuration: Configuration,
  url: string,
  eventStoreUrl: string,
  token: string | undefined,
): string => {
  const { eventStoreUrl: givenEventStore, databaseUrl: givenDatabase, dataDir, testClock } = configuration;
  const embedded = [
    ...(givenEventStore === undefined ? ["event store"] : []),
    ...(givenDatabase === undefined ? ["PostgreSQL"] : []),
  ];
  const shown = configuration.operators.by === "OWN_TOKEN" ? token : undefined;
  const rows: [string, string][] = [
    ["Open", `${new URL(url).origin}/${shown === undefined ? "" : `#token=${shown}`}`],
    ["GraphQL", url],
    ["Event store", givenEventStore === undefined ? `${eventStoreUrl}  (embedded)` : withoutCredentials(eventStoreUrl)],
    ["PostgreSQL", givenDatabase === undefined ? "embedded" : withoutCredentials(givenDatabase)],
    ...(embedded.length > 0 ? ([["Data folder", dataDir]] as [string, string][]) : []),
    ["Mails", mailsOf(configuration.mail)],
    [
      "Test clock",
      testClock ? "on: time can be moved through the API (TENURE_TEST_CLOCK=0 turns it off)" : "off: real time",
    ],
  ];
  const warning =
    configuration.operators.by === "NOBODY"
      ? ["", "  WARNING: nobody is asked who he is (TENURE_AUTH=off). Whoever reaches this machine may do everything."]
      : [];
  const note =
    embedded.length === 0
      ? []
      : [
          "",
          `  The embedded ${embedded.join(" and ")} are for development and small single-node installations;`,
          "  EVENTSTORE_URL and DATABASE_URL name servers of your own.",
        ];
  return [
    "",
    "  Tenure is running.",
    "",
    ...rows.map(([label, text]) => `  ${label.padEnd(12)} ${text}`),
    ...warning,
    ...note,
    "",
    "  Ctrl-C stops.",
    "",
  ].join("\n");
};

const mailsOf = (mail: Mail): string => {
  switch (mail.by) {
    case "SMTP":
      return "sent over the mail servers that are configured";
    case "FOLDER":
      return `written to ${mail.folder} as .eml files  (SMTP_URL names a mail server)`;
    case "NOTHING":
      return "off  (SMTP_URL names a mail server)";
  }
};

const withoutCredentials = (url: string): string => url.replace(/\/\/[^@/]*@/, "//");
