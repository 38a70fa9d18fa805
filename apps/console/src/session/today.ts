import { dayIn } from "../../../web/shown/date-format.js";
import { useViewer } from "./viewer.js";

/** The provider's present time, as the API said it last. RFC 3339 */
export const useNow = (): string => useViewer().provider.clock.now;

/** The business day that it is for a customer, by the provider's clock: ISO date. @param zone of the customer, IANA */
export const useToday = (zone: string): string => dayIn(zone, useNow());
