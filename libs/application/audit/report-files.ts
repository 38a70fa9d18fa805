import { drawReport, type ReportContent } from "#documents/pdf/report.js";
import { csvLine, textCell } from "./csv.js";
import { type Json, type Report } from "./job.js";
import { type SignedDocument } from "./signing.js";

/** A report with its signature, or alone where the installation has no key. */
export type KeptReport = Report | SignedDocument<Report>;

export const reportOf = (kept: KeptReport): Report => ("document" in kept ? kept.document : kept);

/** The differences that the report holds, one a line, after a head. */
export const differencesCsv = ({ differences }: Report): string =>
  [
    csvLine(["what", "where", "says", "expected", "found"]),
    ...differences.map(({ what, where, says, expected, found }) =>
      csvLine([what, where, says, jsonOf(expected), jsonOf(found)].map(textCell)),
    ),
  ].join("");

const jsonOf = (value: Json | undefined): string | null => (value === undefined ? null : JSON.stringify(value));

/** Differences that the summary shows; the report holds more. */
const SHOWN = 40;

/** The summary in PDF: what was checked, by which version, over which positions, and who vouches for it. */
export const reportPdf = (kept: KeptReport, title: string): Promise<Uint8Array> => drawReport(contentOf(kept, title));

const contentOf = (kept: KeptReport, title: string): ReportContent => {
  const report = reportOf(kept);
  const { covered, checked, differences, differencesTotal, files } = report;
  const signature = "signature" in kept ? kept.signature : null;
  return {
    title,
    verdict:
      report.verdict === "PROVEN"
        ? "Proven: everything that was checked is as it should be."
        : `Not proven: ${differencesTotal} difference${differencesTotal === 1 ? "" : "s"}.`,
    madeOn: report.finishedAt.slice(0, 10),
    parts: [
      {
        heading: "What was asked",
        facts: [
          ["Provider", report.providerId ?? "all"],
          ...Object.entries((report.input ?? {}) as Record<string, Json>).map(([name, value]): [string, string] => [
            name,
            typeof value === "string" ? value : JSON.stringify(value),
          ]),
        ],
        paragraphs: [],
      },
      {
        heading: "By what, when, over what",
        facts: [
          ["Program", report.program],
          ["Started", report.startedAt],
          ["Finished", report.finishedAt],
          ["Source", covered.source],
          ["From position", covered.fromPosition ?? "the first"],
          ["To position", covered.toPosition ?? "-"],
          ...(covered.journal ?? []).flatMap(({ sequence, logHash }): [string, string][] => [
            ["Journal entries", sequence],
            ["Hash of the log", logHash],
          ]),
        ],
        paragraphs: [],
      },
      {
        heading: "What was checked",
        facts: Object.entries(checked).map(([name, count]): [string, string] => [name, String(count)]),
        paragraphs: [],
      },
      {
        heading: "Differences",
        facts: [],
        paragraphs:
          differencesTotal === 0
            ? ["None."]
            : [
                ...differences.slice(0, SHOWN).map(({ what, where, says }) => `${what} ${where}: ${says}`),
                ...(differencesTotal > SHOWN ? [`And ${differencesTotal - SHOWN} more, in the report.`] : []),
              ],
      },
      {
        heading: "Files",
        facts: files.map(({ name, bytes, sha256 }): [string, string] => [name, `${bytes} bytes, SHA-256 ${sha256}`]),
        paragraphs: files.length === 0 ? ["None."] : [],
      },
      {
        heading: "Signature",
        facts: signature
          ? [
              ["Algorithm", signature.algorithm],
              ["Key", signature.keyId],
              ["Signature", signature.value],
            ]
          : [],
        paragraphs: [
          signature
            ? "It is over the report in JSON, which holds all of this: tenure verify-report checks it, with the public key."
            : "The report is not signed: the installation has no key.",
        ],
      },
    ],
    foot: `Tenure, ${report.kind}, ${report.finishedAt}`,
  };
};
