import { type DataSource } from "typeorm";

/** The URL that a data source was created with, for connections outside its pool. */
export const urlOf = ({ options }: DataSource): string => {
  if (options.type === "postgres" && options.url !== undefined) return options.url;
  throw new TypeError("The data source was not made by createDataSource");
};
