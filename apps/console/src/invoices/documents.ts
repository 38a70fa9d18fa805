import { graphql } from "../../../web/graphql.js";
import { PREVIEWED } from "../command/previewed.js";

export const writeOffInvoice = {
  preview: graphql(
    `
      query PreviewWriteOffInvoice($input: WriteOffInvoicePreviewInput!, $language: Language!) {
        preview(command: { writeOffInvoice: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation WriteOffInvoice($input: WriteOffInvoiceInput!) {
      writeOffInvoice(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const voidInvoice = {
  preview: graphql(
    `
      query PreviewVoidInvoice($input: VoidInvoicePreviewInput!, $language: Language!) {
        preview(command: { voidInvoice: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation VoidInvoice($input: VoidInvoiceInput!) {
      voidInvoice(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const issueCreditNote = {
  preview: graphql(
    `
      query PreviewIssueCreditNote($input: IssueCreditNotePreviewInput!, $language: Language!) {
        preview(command: { issueCreditNote: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation IssueCreditNote($input: IssueCreditNoteInput!) {
      issueCreditNote(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const reissueInvoice = {
  preview: graphql(
    `
      query PreviewReissueInvoice($input: ReissueInvoicePreviewInput!, $language: Language!) {
        preview(command: { reissueInvoice: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ReissueInvoice($input: ReissueInvoiceInput!) {
      reissueInvoice(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const recordPayment = {
  preview: graphql(
    `
      query PreviewRecordPayment($input: RecordPaymentPreviewInput!, $language: Language!) {
        preview(command: { recordPayment: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation RecordPayment($input: RecordPaymentInput!) {
      recordPayment(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};
