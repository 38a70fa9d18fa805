import { type Logo } from "#domain/providers/document-details.js";

/*
 * What a document shows, in the order in which it is read, before anything is drawn: the PDF and the HTML page are two
 * drawings of the same content. All text is in the document's language and ready to print.
 */

export interface Content {
  /** BCP 47 tag of its language. */
  readonly tag: string;
  /** Of the file: `Invoice INV-000042`. */
  readonly title: string;
  readonly heading: string;
  readonly issuer: IssuerContent;
  /** Name and address. */
  readonly recipient: readonly string[];
  readonly facts: readonly Fact[];
  /** The one amount that the recipient looks for. */
  readonly amount: { readonly label: string; readonly amount: string; readonly note: string };
  readonly tables: readonly Table[];
  readonly totals: readonly Total[];
  readonly notes: readonly Note[];
  /** Below every page. */
  readonly footer: string;
  readonly page: (page: number, of: number) => string;
  readonly carriedOn: string;
  /** Of the file: who made it, of whom it is about; and the day that stands for its making. */
  readonly author: string;
  readonly madeOn: string;
}

export interface IssuerContent {
  readonly name: string;
  readonly lines: readonly string[];
  readonly logo: Logo | null;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface Column {
  readonly label: string;
  readonly isNumber: boolean;
  /** In points; null: what the others leave. */
  readonly width: number | null;
}

export interface Table {
  /** Null: it needs none. */
  readonly heading: string | null;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** The last row, in bold; null: none. */
  readonly sum: readonly string[] | null;
}

export interface Row {
  /** A text for each column. */
  readonly cells: readonly string[];
  /** Below the cells of those columns, in smaller print. */
  readonly small: readonly { readonly column: number; readonly lines: readonly string[] }[];
  readonly isStrong: boolean;
}

export interface Total {
  readonly label: string;
  readonly amount: string;
  readonly isStrong: boolean;
}

export interface Note {
  readonly heading: string | null;
  readonly paragraphs: readonly string[];
  readonly facts: readonly Fact[];
}
