/** Reads a CSV file as RFC 4180 has it: rows by the names of their columns. Not the code that writes it. */
export const parseCsv = (text: string): readonly Readonly<Record<string, string>>[] => {
  const records: string[][] = [[]];
  const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  while (cells.lastIndex < text.length) {
    const [, cell = "", end] = cells.exec(text) ?? [];
    if (end === undefined) throw new Error(`Not CSV at character ${cells.lastIndex}`);
    records.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\r\n") records.push([]);
  }
  const [header = [], ...rest] = records.filter((record) => record.length > 0);
  return rest.map((record) => {
    if (record.length !== header.length) throw new Error(`A row of ${record.length} cells, not ${header.length}`);
    return Object.fromEntries(header.map((name, index) => [name, record[index] ?? ""]));
  });
};
