// A new trader (§2.1): one SIRET, which the directory fills the rest in by; without a directory, the rest is typed.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../../language";
import "../words";
import { MeProvider } from "../../desk/me";
import { NewTraderPage } from "../NewTraderPage";

const [RENAULT, POSTE] = ["73282932000074", "35600000000048"];
const REGISTERED = { legal_name: "Auto 71", vat_number: "FR44732829320", city: "Mâcon", open: true };
let directory = true;
let sent: unknown[] = [];

async function answer(address: URL | string, { method, body }: RequestInit = {}): Promise<Response> {
  const path = String(address).replace(/^.*\/api/, "");
  if (method === "POST") {
    sent.push(JSON.parse(String(body)));
    const field = { code: "taken", field: "siret", message: "siret: it has a card already" };
    return Response.json({ error: { ...field, reasons: [field] } }, { status: 409 });
  }
  const siret = new URLSearchParams(path.split("?")[1]).get("siret") ?? "";
  if (!path.startsWith("/companies")) return Response.json({ items: [], pages: 1, page: 1, total: 0 });
  const company = directory && siret === RENAULT ? REGISTERED : null;
  return Response.json({ siret, available: directory, company, trader: null });
}

function open() {
  const entity = { id: 1, name: "Lyon", shared: false, validate_trade_ins: "none" as const };
  const me = { id: 1, name: "Ana", email: "", role: "dealer", language: "fr", company: "" } as const;
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <MeProvider me={{ ...me, entities: [{ ...entity, rights: ["manage_connections"] }] }}>
          <NewTraderPage />
        </MeProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(new RegExp(`^${name}`));
async function write(name: string, text: string) {
  await userEvent.click(field(name));
  await userEvent.paste(text);
}
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

beforeEach(() => {
  directory = true;
  sent = [];
  sessionStorage.clear();
  vi.stubGlobal("fetch", answer);
});
afterEach(cleanup);

test("the SIRET is asked for once, and what the directory knows of it fills the rest in", async () => {
  open();
  expect(screen.getAllByLabelText(/SIRET/)).toHaveLength(1);
  await write("Ville", "Gex");
  await write("SIRET", "732 829 320 00074");
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByText(/remplie d’après l’annuaire/)).toBeTruthy();
  expect(field("SIRET").value).toBe(RENAULT);
  expect(field("Raison sociale").value).toBe("Auto 71");
  expect(field("Ville").value).toBe("Gex");
  expect(sent).toEqual([]);
});

test("what was found of one SIRET leaves as soon as another is typed; what was typed stays", async () => {
  open();
  await write("Téléphone", "0385");
  await write("SIRET", RENAULT);
  await press("Rechercher");
  await screen.findByText(/remplie d’après l’annuaire/);
  await userEvent.clear(field("SIRET"));
  expect(screen.queryByText(/remplie d’après l’annuaire/)).toBeNull();
  expect(field("Raison sociale").value).toBe("");
  expect(field("Téléphone").value).toBe("0385");
  await write("SIRET", POSTE);
  await press("Rechercher");
  expect(await screen.findByText(/ne connaît pas ce SIRET/)).toBeTruthy();
});

test("without a directory all is typed; a SIRET that lacks or has a card is told at its field, and led to", async () => {
  directory = false;
  open();
  await write("Raison sociale", "Occasions de Nantua");
  await userEvent.click(screen.getByLabelText(/L’inviter aussitôt/));
  await press("Créer la fiche");
  expect(document.activeElement).toBe(field("SIRET"));
  expect(field("SIRET").getAttribute("aria-invalid")).toBe("true");
  expect(sent).toEqual([]);
  await write("SIRET", POSTE);
  await press("Rechercher");
  expect(await screen.findByText(/remplissez la fiche à la main/)).toBeTruthy();
  await press("Créer la fiche");
  await waitFor(() => expect(document.activeElement).toBe(field("SIRET")));
  expect(field("SIRET").getAttribute("aria-invalid")).toBe("true");
  expect(sent).toEqual([expect.objectContaining({ siret: POSTE, legal_name: "Occasions de Nantua" })]);
});
