// A table as a file, as whoever presses the button gets it: its name, its heads, all its rows as a French spreadsheet reads them.
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import "../../language";
import { RowsFile } from "./ListFile";

const ROWS = [
  { name: "PEUGEOT 308 ; Active", km: 45163, price: "20900.00", at: "2026-11-23T08:30:00Z" },
  { name: "=SUM(A1)", km: null, price: null, at: null },
];

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test("all rows go into the file: figures as figures, days as days, nothing unknown as a dash", async () => {
  const saved: Blob[] = [];
  let name = "";
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (file: Blob) => `blob:${saved.push(file)}` }));
  URL.revokeObjectURL = () => {};
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    name = this.download;
  });
  render(
    <MantineProvider env="test">
      <RowsFile
        name="offre-12"
        rows={ROWS}
        columns={[
          { head: "Véhicule", cell: (row) => row.name },
          { head: "Km", cell: (row) => row.km },
          { head: "Prix TTC", cell: (row) => row.price },
          { head: "Vue", cell: (row) => row.at },
        ]}
      />
    </MantineProvider>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Exporter" }));
  await waitFor(() => expect(name).toBe("adjuge-offre-12.csv"));
  const [head, first, second] = (await saved[0]?.text())?.split("\r\n") ?? [];
  expect(head).toBe("\ufeffVéhicule;Km;Prix TTC;Vue");
  expect(first).toMatch(/^"PEUGEOT 308 ; Active";45163;20900,00;2026-11-2\d \d\d:\d\d$/);
  expect(second).toBe("'=SUM(A1);;;");
});
