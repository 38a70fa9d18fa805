import { type PostalAddress } from "#domain/postal-address.js";

/** An address as it is given: parts that are left out are none. */
export type GivenAddress = Pick<PostalAddress, "street"> & {
  readonly [Part in keyof PostalAddress]?: PostalAddress[Part];
};

/** An address as events hold it. */
export const addressOf = ({
  street,
  addition = null,
  postalCode = null,
  city = null,
  region = null,
  country = null,
}: GivenAddress): PostalAddress => ({ street, addition, postalCode, city, region, country });
