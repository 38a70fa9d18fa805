import { type Endpoint } from "../client.js";
import { table } from "../table.js";
import { type Invoice, NUMBER, type Xdr } from "./customer.js";
import { type Place } from "./parties.js";

interface Story {
  readonly edge: Place;
  readonly redirectServer: Place;
  readonly pbxs: readonly Place[];
  readonly records: readonly Xdr[];
  /** From the end of a call until its record could be seen, at most. */
  readonly slowestMs: number;
  readonly invoice: Invoice;
}

const at = ({ address, port }: Place): string => `${address}:${port}`;

/** What happened, as plain text. */
export const printed = ({ edge, redirectServer, pbxs, records, slowestMs, invoice }: Story): string =>
  [
    "",
    `${NUMBER} is the toll-free number of a big company. Its calls come in at the edge (${at(edge)}), which asks Tenure`,
    `and sends them to the company's redirect server (${at(redirectServer)}). That answers 302 with a PBX; the edge follows it`,
    `to trusted addresses only: ${pbxs.map(({ address }) => address).join(", ")}. It is November 2020 by the provider's test clock.`,
    "",
    "The company pays 0.06 US dollars a minute, the first 30 s at once and then each 6 s that begin, and 0.01 a call: a call",
    "of 4 s is charged as 30 s, and costs 0.06 x 30 / 60 + 0.01 = 0.04.",
    "",
    "Calls",
    ...indented(
      table(
        ["from", "to", "answered by", "SIP code"],
        "lllr",
        records.map(({ cli, cld, redirectedTo }) => [cli ?? "hidden", cld, redirectedTo ?? at(redirectServer), "200"]),
      ),
    ),
    "",
    `Records of the calls (xDRs), each there within ${(slowestMs / 1000).toFixed(1)} s of the end of its call`,
    ...indented(
      table(
        ["answered (UTC)", "direction", "redirected to", "seconds", "charged", "USD"],
        "lllrrr",
        records.map(({ answered, leg, redirectedTo, seconds, chargedSeconds, amount }) => [
          ...[answered.replace("T", " ").slice(0, 19), leg === "IN" ? "received" : "made", redirectedTo ?? ""],
          ...[seconds, chargedSeconds, amount].map((value) => String(value ?? "unrated")),
        ]),
      ),
    ),
    "",
    `Invoice ${invoice.number} of ${invoice.issuedOn}: ${invoice.total} ${invoice.currency}`,
    ...indented(
      table(
        ["kind", "description", "from", "until", "calls", "seconds", "charged", "net"],
        "llllrrrr",
        invoice.lines.edges.map(({ node: { kind, description, from, until, usage, net } }) => [
          ...[kind, description, from, until],
          ...[usage?.calls, usage?.seconds, usage?.chargedSeconds].map((count) => String(count ?? "")),
          net,
        ]),
      ),
    ),
    "",
  ].join("\n");

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

/** @param endpoint of what goes on running; null: all ends now */
export const whereToLook = (endpoint: Endpoint | null): string => {
  if (endpoint === null) {
    return [
      "Where to look",
      "  npm run voice:demo -- --stay   the same, and it goes on until Ctrl-C: calls and invoice on pages",
      "  docs/voice.md                  what edges ask, and how to run one",
      "",
      "Stopping; nothing is left behind.",
    ].join("\n");
  }
  const { origin } = new URL(endpoint.url);
  return [
    "Where to look",
    `  ${origin}/#token=${endpoint.token ?? ""}   signs you in`,
    `  ${origin}/calls   the calls, and why each costs what it costs`,
    "",
    "Ctrl-C stops; nothing is left behind.",
  ].join("\n");
};
