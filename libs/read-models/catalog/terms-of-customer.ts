import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { classTermsOn } from "#domain/catalog/customer-class.js";
import { type ClassTerms } from "#domain/catalog/events.js";
import { classIdOn, type Customer } from "#domain/customers/customer.js";
import { wholeProvider } from "../rows/scope.js";
import { findCatalogItems } from "./queries.js";

/** The terms of the customer's class on a day; those of no class where it belongs to none. */
export const termsOfCustomer = async (
  dataSource: DataSource,
  providerId: string,
  customer: Customer,
  day: LocalDate,
): Promise<ClassTerms> => {
  const classId = classIdOn(customer, day);
  const [found] =
    classId === null ? [] : await findCatalogItems(dataSource, wholeProvider(providerId), "customerclass", [classId]);
  return classTermsOn(found?.state, day);
};
