import { graphql } from "../../../../../web/graphql.js";
import { PREVIEWED } from "../../../command/previewed.js";
import { TIMELINE } from "../query.js";

/* Each command on a commitment: how it is previewed, with the timeline that it would lead to, and how it is given. */

/** What the page shows of a preview, beside what the drawer does. */
const SEEN = graphql(
  `
    fragment Seen on Preview {
      ...Previewed
      commitment {
        timelineAfter {
          ...Timeline
        }
      }
    }
  `,
  [PREVIEWED, TIMELINE],
);

/** What every command answers. */
const GIVEN = graphql(`
  fragment Given on CommitmentPayload {
    id
    visible
    repeated
  }
`);

export const pauseCommitment = {
  preview: graphql(
    `
      query PreviewPauseCommitment($input: PauseCommitmentPreviewInput!, $language: Language!) {
        preview(command: { pauseCommitment: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation PauseCommitment($input: PauseCommitmentInput!) {
        pauseCommitment(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const changePause = {
  preview: graphql(
    `
      query PreviewChangePause($input: ChangePausePreviewInput!, $language: Language!) {
        preview(command: { changePause: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation ChangePause($input: ChangePauseInput!) {
        changePause(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const cancelPause = {
  preview: graphql(
    `
      query PreviewCancelPause($input: CancelPausePreviewInput!, $language: Language!) {
        preview(command: { cancelPause: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation CancelPause($input: CancelPauseInput!) {
        cancelPause(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const resumeCommitment = {
  preview: graphql(
    `
      query PreviewResumeCommitment($input: ResumeCommitmentPreviewInput!, $language: Language!) {
        preview(command: { resumeCommitment: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation ResumeCommitment($input: ResumeCommitmentInput!) {
        resumeCommitment(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const approvePause = {
  preview: graphql(
    `
      query PreviewApprovePause($input: ApprovePausePreviewInput!, $language: Language!) {
        preview(command: { approvePause: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation ApprovePause($input: ApprovePauseInput!) {
        approvePause(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const declinePause = {
  preview: graphql(
    `
      query PreviewDeclinePause($input: DeclinePausePreviewInput!, $language: Language!) {
        preview(command: { declinePause: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation DeclinePause($input: DeclinePauseInput!) {
        declinePause(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const withdrawPause = {
  preview: graphql(
    `
      query PreviewWithdrawPause($input: WithdrawPausePreviewInput!, $language: Language!) {
        preview(command: { withdrawPause: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation WithdrawPause($input: WithdrawPauseInput!) {
        withdrawPause(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const terminateCommitment = {
  preview: graphql(
    `
      query PreviewTerminateCommitment($input: TerminateCommitmentPreviewInput!, $language: Language!) {
        preview(command: { terminateCommitment: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(`
    mutation TerminateCommitment($input: TerminateCommitmentInput!) {
      terminateCommitment(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const cancelTermination = {
  preview: graphql(
    `
      query PreviewCancelTermination($input: CancelTerminationPreviewInput!, $language: Language!) {
        preview(command: { cancelTermination: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation CancelTermination($input: CancelTerminationInput!) {
        cancelTermination(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const annulCommitment = {
  preview: graphql(
    `
      query PreviewAnnulCommitment($input: AnnulCommitmentPreviewInput!, $language: Language!) {
        preview(command: { annulCommitment: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation AnnulCommitment($input: AnnulCommitmentInput!) {
        annulCommitment(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const upgradeCommitment = {
  preview: graphql(
    `
      query PreviewUpgradeCommitment($input: UpgradeCommitmentPreviewInput!, $language: Language!) {
        preview(command: { upgradeCommitment: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation UpgradeCommitment($input: UpgradeCommitmentInput!) {
        upgradeCommitment(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const cancelScheduledUpgrade = {
  preview: graphql(
    `
      query PreviewCancelScheduledUpgrade($input: CancelScheduledUpgradePreviewInput!, $language: Language!) {
        preview(command: { cancelScheduledUpgrade: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation CancelScheduledUpgrade($input: CancelScheduledUpgradeInput!) {
        cancelScheduledUpgrade(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const orderTimeLimitedUpgrade = {
  preview: graphql(
    `
      query PreviewOrderTimeLimitedUpgrade($input: OrderTimeLimitedUpgradePreviewInput!, $language: Language!) {
        preview(command: { orderTimeLimitedUpgrade: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation OrderTimeLimitedUpgrade($input: OrderTimeLimitedUpgradeInput!) {
        orderTimeLimitedUpgrade(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const extendTimeLimitedUpgrade = {
  preview: graphql(
    `
      query PreviewExtendTimeLimitedUpgrade($input: ExtendTimeLimitedUpgradePreviewInput!, $language: Language!) {
        preview(command: { extendTimeLimitedUpgrade: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation ExtendTimeLimitedUpgrade($input: ExtendTimeLimitedUpgradeInput!) {
        extendTimeLimitedUpgrade(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const endTimeLimitedUpgrade = {
  preview: graphql(
    `
      query PreviewEndTimeLimitedUpgrade($input: EndTimeLimitedUpgradePreviewInput!, $language: Language!) {
        preview(command: { endTimeLimitedUpgrade: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation EndTimeLimitedUpgrade($input: EndTimeLimitedUpgradeInput!) {
        endTimeLimitedUpgrade(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const cancelThenUpgrade = {
  preview: graphql(
    `
      query PreviewCancelThenUpgrade($input: CancelThenUpgradePreviewInput!, $language: Language!) {
        preview(command: { cancelThenUpgrade: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation CancelThenUpgrade($input: CancelThenUpgradeInput!) {
        cancelThenUpgrade(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const setDiscountEnd = {
  preview: graphql(
    `
      query PreviewSetDiscountEnd($input: SetDiscountEndPreviewInput!, $language: Language!) {
        preview(command: { setDiscountEnd: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation SetDiscountEnd($input: SetDiscountEndInput!) {
        setDiscountEnd(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const renewFees = {
  preview: graphql(
    `
      query PreviewRenewFees($input: RenewFeesPreviewInput!, $language: Language!) {
        preview(command: { renewFees: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation RenewFees($input: RenewFeesInput!) {
        renewFees(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const cancelRenewal = {
  preview: graphql(
    `
      query PreviewCancelRenewal($input: CancelRenewalPreviewInput!, $language: Language!) {
        preview(command: { cancelRenewal: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation CancelRenewal($input: CancelRenewalInput!) {
        cancelRenewal(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};

export const transferCommitment = {
  preview: graphql(
    `
      query PreviewTransferCommitment($input: TransferCommitmentPreviewInput!, $language: Language!) {
        preview(command: { transferCommitment: $input }) {
          ...Seen
        }
      }
    `,
    [SEEN],
  ),
  mutation: graphql(
    `
      mutation TransferCommitment($input: TransferCommitmentInput!) {
        transferCommitment(input: $input) {
          ...Given
        }
      }
    `,
    [GIVEN],
  ),
};
