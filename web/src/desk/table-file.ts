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

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** An instant of the wire as `2026-11-23 00:30` in the reader's zone: a spreadsheet of any language knows it and sorts it. */
function instantCell(instant: string): string {
  const at = new Date(instant);
  const two = (n: number) => n.toString().padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/**
 * The rows as text; French spreadsheets separate by semicolons and write decimals with a comma. Instants of the wire are
 * written in the reader's zone.
 */
export function tableText(rows: Cell[][], language: Language): string {
  const separator = language === "fr" ? ";" : ",";
  const written = (value: Cell) => {
    if (typeof value !== "string") return value;
    if (INSTANT.test(value)) return instantCell(value);
    return language === "fr" && /^-?\d+\.\d{2}$/.test(value) ? value.replace(".", ",") : value;
  };
  return rows
    .map((row) => `${row.map((cell) => cellOf(written(cell), separator)).join(separator)}\r\n`)
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
