/** Tables as files: comma-separated values that a spreadsheet of the reader's language opens as it should. */
import type { Language } from "../money";

type Cell = string | number | null | undefined;

function cellOf(value: Cell, separator: string): string {
  const text = value === null || value === undefined ? "" : String(value);
  // A spreadsheet would run what looks like a formula.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return safe.includes('"') || safe.includes("\n") || safe.includes(separator)
    ? `"${safe.replace(/"/g, '""')}"`
    : safe;
}

/** The rows as text; French spreadsheets separate by semicolons and write decimals with a comma. */
export function tableText(rows: Cell[][], language: Language): string {
  const separator = language === "fr" ? ";" : ",";
  const decimal = (value: Cell) =>
    language === "fr" && typeof value === "string" && /^-?\d+\.\d{2}$/.test(value)
      ? value.replace(".", ",")
      : value;
  return rows
    .map((row) => `${row.map((cell) => cellOf(decimal(cell), separator)).join(separator)}\r\n`)
    .join("");
}

/** Offers the rows as a file to keep. */
export function saveTable(name: string, rows: Cell[][], language: Language): void {
  const file = new Blob(["\ufeff", tableText(rows, language)], { type: "text/csv;charset=utf-8" });
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
