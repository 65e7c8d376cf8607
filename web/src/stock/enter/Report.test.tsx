// The report of a file: every fault of every line, and what can be done said before them, for they may be thousands.
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import "../../language";
import "../words";
import type { ImportReport } from "../../wire/generated/http";
import { Report } from "./Report";

const HALF: ImportReport = {
  lines: 2,
  good: 1,
  imported: 0,
  ignored: [],
  refused: [
    { line: 3, code: "invalid", field: "mileage_km", message: "mileage_km : doit être un nombre entier." },
    { line: 3, code: "invalid", field: "trade_price", message: "trade_price : doit être un montant." },
  ],
} as unknown as ImportReport;

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function shown(report: ImportReport) {
  const enter = vi.fn();
  render(
    <MantineProvider env="test">
      <Report report={report} entered={false} pending={false} error={null} enter={enter} />
    </MantineProvider>,
  );
  return enter;
}

const button = (name: string) => screen.getByRole("button", { name });

test("a half-good file offers its good lines, and a file of its faults, before the faults", async () => {
  const enter = shown(HALF);
  for (const name of ["Exporter les lignes refusées", "Importer la bonne ligne"])
    expect(
      button(name).compareDocumentPosition(screen.getByRole("table")) & Node.DOCUMENT_POSITION_FOLLOWING,
    ).toBeTruthy();
  await userEvent.click(button("Importer la bonne ligne"));
  expect(enter).toHaveBeenCalledWith(true);
});

test("of very many faults the page shows the first and says so, the file has them all", async () => {
  const saved: Blob[] = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (file: Blob) => `blob:${saved.push(file)}` }));
  URL.revokeObjectURL = () => {};
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  shown({ ...HALF, refused: Array.from({ length: 105 }, () => HALF.refused).flat() });
  expect(document.querySelectorAll("tbody tr")).toHaveLength(200);
  expect(screen.getByText(/Les 200 premiers refus/)).toBeTruthy();
  await userEvent.click(screen.getByText("Exporter les lignes refusées"));
  await waitFor(() => expect(saved).toHaveLength(1));
  const lines = (await saved[0]?.text())?.trim().split("\r\n") ?? [];
  expect(lines).toHaveLength(1 + 210);
  expect(lines[1]).toBe("3;Kilométrage;Doit être un nombre entier.");
});
