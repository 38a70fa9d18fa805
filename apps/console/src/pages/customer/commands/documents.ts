import { graphql } from "../../../../../web/graphql.js";
import { PREVIEWED } from "../../../command/previewed.js";
import { CUSTOMER_HEAD } from "../head.js";

/* Each command on a customer: how it is previewed, and how it is given. */

/** What there is, where somebody else changed it. */
export const CUSTOMER = graphql(
  `
    query CustomerNow($id: ID!) {
      customer(id: $id) {
        ...CustomerHead
      }
    }
  `,
  [CUSTOMER_HEAD],
);

export const suspendCustomer = {
  preview: graphql(
    `
      query PreviewSuspendCustomer($input: SuspendCustomerPreviewInput!, $language: Language!) {
        preview(command: { suspendCustomer: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation SuspendCustomer($input: SuspendCustomerInput!) {
      suspendCustomer(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const unsuspendCustomer = {
  preview: graphql(
    `
      query PreviewUnsuspendCustomer($input: UnsuspendCustomerPreviewInput!, $language: Language!) {
        preview(command: { unsuspendCustomer: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation UnsuspendCustomer($input: UnsuspendCustomerInput!) {
      unsuspendCustomer(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const cancelScheduledChange = {
  preview: graphql(
    `
      query PreviewCancelScheduledChange($input: CancelScheduledChangePreviewInput!, $language: Language!) {
        preview(command: { cancelScheduledChange: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation CancelScheduledChange($input: CancelScheduledChangeInput!) {
      cancelScheduledChange(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const changeCustomerContact = {
  preview: graphql(
    `
      query PreviewChangeCustomerContact($input: ChangeCustomerContactPreviewInput!, $language: Language!) {
        preview(command: { changeCustomerContact: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ChangeCustomerContact($input: ChangeCustomerContactInput!) {
      changeCustomerContact(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const changeCustomerBilling = {
  preview: graphql(
    `
      query PreviewChangeCustomerBilling($input: ChangeCustomerBillingPreviewInput!, $language: Language!) {
        preview(command: { changeCustomerBilling: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ChangeCustomerBilling($input: ChangeCustomerBillingInput!) {
      changeCustomerBilling(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const setCustomerClass = {
  preview: graphql(
    `
      query PreviewSetCustomerClass($input: SetCustomerClassPreviewInput!, $language: Language!) {
        preview(command: { setCustomerClass: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation SetCustomerClass($input: SetCustomerClassInput!) {
      setCustomerClass(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const setSubscriptionDiscountRate = {
  preview: graphql(
    `
      query PreviewSetSubscriptionDiscountRate($input: SetSubscriptionDiscountRatePreviewInput!, $language: Language!) {
        preview(command: { setSubscriptionDiscountRate: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation SetSubscriptionDiscountRate($input: SetSubscriptionDiscountRateInput!) {
      setSubscriptionDiscountRate(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const changeCreditLimit = {
  preview: graphql(
    `
      query PreviewChangeCreditLimit($input: ChangeCreditLimitPreviewInput!, $language: Language!) {
        preview(command: { changeCreditLimit: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ChangeCreditLimit($input: ChangeCreditLimitInput!) {
      changeCreditLimit(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const closeCustomer = {
  preview: graphql(
    `
      query PreviewCloseCustomer($input: CloseCustomerPreviewInput!, $language: Language!) {
        preview(command: { closeCustomer: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation CloseCustomer($input: CloseCustomerInput!) {
      closeCustomer(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const recordRefund = {
  preview: graphql(
    `
      query PreviewRecordRefund($input: RecordRefundPreviewInput!, $language: Language!) {
        preview(command: { recordRefund: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation RecordRefund($input: RecordRefundInput!) {
      recordRefund(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const reversePayment = {
  preview: graphql(
    `
      query PreviewReversePayment($input: ReversePaymentPreviewInput!, $language: Language!) {
        preview(command: { reversePayment: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ReversePayment($input: ReversePaymentInput!) {
      reversePayment(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const promiseToPay = {
  preview: graphql(
    `
      query PreviewPromiseToPay($input: PromiseToPayPreviewInput!, $language: Language!) {
        preview(command: { promiseToPay: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation PromiseToPay($input: PromiseToPayInput!) {
      promiseToPay(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const exemptFromCollection = {
  preview: graphql(
    `
      query PreviewExemptFromCollection($input: ExemptFromCollectionPreviewInput!, $language: Language!) {
        preview(command: { exemptFromCollection: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ExemptFromCollection($input: ExemptFromCollectionInput!) {
      exemptFromCollection(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const issueGoodwillCredit = {
  preview: graphql(
    `
      query PreviewIssueGoodwillCredit($input: IssueGoodwillCreditPreviewInput!, $language: Language!) {
        preview(command: { issueGoodwillCredit: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation IssueGoodwillCredit($input: IssueGoodwillCreditInput!) {
      issueGoodwillCredit(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const openAccount = {
  preview: graphql(
    `
      query PreviewOpenAccount($input: OpenAccountPreviewInput!, $language: Language!) {
        preview(command: { openAccount: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation OpenAccount($input: OpenAccountInput!) {
      openAccount(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const invitePerson = {
  preview: graphql(
    `
      query PreviewInvitePerson($input: InvitePersonPreviewInput!, $language: Language!) {
        preview(command: { invitePerson: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation InvitePerson($input: InvitePersonInput!) {
      invitePerson(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const removePerson = {
  preview: graphql(
    `
      query PreviewRemovePerson($input: RemovePersonPreviewInput!, $language: Language!) {
        preview(command: { removePerson: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation RemovePerson($input: RemovePersonInput!) {
      removePerson(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};
