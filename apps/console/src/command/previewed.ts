import { type ResultOf } from "gql.tada";
import { graphql } from "../../../web/graphql.js";
import { SENTENCE_PART } from "../texts/sentence.js";

/**
 * What a drawer shows of a preview. Every preview of a page selects it, and may select more:
 *
 *   const PREVIEW = graphql(
 *     `query PreviewPause($input: PauseCommitmentPreviewInput!, $language: Language!) {
 *       preview(command: { pauseCommitment: $input }) { ...Previewed }
 *     }`,
 *     [PREVIEWED],
 *   );
 */
export const PREVIEWED = graphql(
  `
    fragment Previewed on Preview {
      events {
        stream
        type
        kind
        effectiveOn
        parts(language: $language) {
          ...SentencePart
        }
      }
      commitment {
        statusBefore
        statusAfter
        discountEndBefore
        discountEndAfter
      }
      runningPeriod {
        ...PreviewedLines
      }
      giversRunningPeriod {
        ...PreviewedLines
      }
      comingPeriods {
        ...ComingInvoices
      }
      giversComingPeriods {
        ...ComingInvoices
      }
      penalty {
        total
        currency
        lines {
          description
          net
        }
      }
    }

    fragment ComingInvoices on PreviewedComingPeriods {
      periods {
        period {
          from
        }
        invoiceOn
        totalBefore
        totalAfter
      }
      laterToo
    }

    fragment PreviewedLines on PreviewedPeriod {
      period {
        from
        until
      }
      invoiceOn
      currency
      totalBefore
      totalAfter
      linesBefore {
        ...PreviewedLine
      }
      linesAfter {
        ...PreviewedLine
      }
    }

    fragment PreviewedLine on Line {
      kind
      description
      from
      until
      fee
      discount
      net
    }
  `,
  [SENTENCE_PART],
);

export type Previewed = ResultOf<typeof PREVIEWED>;
export type PreviewedPeriod = NonNullable<Previewed["runningPeriod"]>;
export type ComingInvoices = NonNullable<Previewed["comingPeriods"]>;
export type PreviewedLine = PreviewedPeriod["linesAfter"][number];
