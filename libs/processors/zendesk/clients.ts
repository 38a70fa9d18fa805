import { type Target } from "../deliveries/target.js";
import { type ZendeskClient } from "./client.js";

/** The target ZENDESK. */
export interface ZendeskTarget extends Target {
  /** The client of the provider's Zendesk; undefined: Zendesk is not enabled for it. */
  clientOf(provider: string): ZendeskClient | undefined;
}

const isZendeskTarget = (target: Target): target is ZendeskTarget => "clientOf" in target;

/** The client of a provider's Zendesk among the targets of this process; undefined: Zendesk is not enabled for it. */
export const zendeskClientOf = (targets: readonly Target[], provider: string): ZendeskClient | undefined =>
  targets.find(isZendeskTarget)?.clientOf(provider);
