// §6.1: what an order brings to the page of its offer stands there at once, or not yet; nothing follows under the pointer.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import "../../language";
import { MeProvider } from "../../desk/me";
import type { Me, Offer, OrderAnswer, Right } from "../../wire/generated/http";
import "../words";
import { OfferPage } from "./OfferPage";

const AT = "2026-01-05T10:00:00Z";
const RIGHTS: Right[] = ["make_offers", "cancel_sale", "declare_deliveries"];
const READER: Me = {
  id: 1,
  name: "Ana",
  email: "ana@valserine.example",
  role: "dealer",
  language: "fr",
  company: "Groupe Valserine",
  entities: [{ id: 3, name: "Valserine Lyon", rights: RIGHTS, validate_trade_ins: "none" }],
};
const VALIDATED: Offer = {
  id: 7,
  number: 12,
  display_number: "45-12",
  status: "validated",
  entity: { id: 3, name: "Valserine Lyon" },
  trader: { id: 4, name: "AUTO 71" },
  auction: { id: 9, display_number: "45-3", lot: 40, lot_display_number: "45-40" },
  order: null,
  copied_from: null,
  made_at: AT,
  validated_at: AT,
  sent_at: null,
  ended_at: null,
  reason: null,
  vehicles: [],
  extras: [],
  totals: {
    vehicles: "5000.00",
    vehicles_ht: "5000.00",
    extras: "0.00",
    extras_ht: "0.00",
    total: "5000.00",
    total_ht: "5000.00",
    vat: "0.00",
    initial: "5000.00",
    initial_ht: "5000.00",
    margin: "500.00",
    deposit: "0.00",
    balance_due: "5000.00",
  },
  version: 1,
  may: ["order", "send", "abandon"],
};
const ORDER: OrderAnswer = {
  id: 21,
  number: 2,
  display_number: "45-2",
  offer: 7,
  status: "placed",
  placed_at: AT,
  legal_representative: "Apolline Verchère",
  delivery_date: "2026-01-09",
  delivery_site: 5,
  payment_method: "transfer",
  documents: ["invoice"],
  total: "5000.00",
  total_ht: "5000.00",
  deposit: "0.00",
  balance_due: "5000.00",
  vehicles: [],
  invoice: null,
  invoiced_at: null,
  cancelled_at: null,
  reason: null,
};

/** What the server says now, and which of its answers is held back until it is let go. */
let offer = VALIDATED;
let orders: OrderAnswer[] = [];
let held = /^$/;
let letGo: (() => void) | null = null;
let underway = 0;

async function answer(path: string): Promise<object> {
  if (held.test(path))
    await new Promise<void>((go) => {
      letGo = go;
    });
  if (path.endsWith("/offers/7")) return offer;
  if (path.endsWith("/offers/7/orders")) return { items: orders };
  if (path.endsWith("/traders/4")) return { id: 4, legal_representative: "Apolline Verchère" };
  const sites = [{ id: 5, name: "Nord", city: "Lyon" }];
  return { items: path.includes("/sites") ? sites : [], pages: 1 };
}

async function open(): Promise<QueryClient> {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MeProvider me={READER}>
          <OfferPage offer={7} />
        </MeProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return client;
}

const button = (name: string) => screen.queryByRole("button", { name });

beforeEach(() => {
  offer = VALIDATED;
  orders = [];
  held = /^$/;
  letGo = null;
  underway = 0;
  vi.stubGlobal("fetch", async (address: URL | string) => {
    const path = String(address).replace(/^.*?\/api/, "/api");
    underway += 1;
    const body = await answer(path);
    underway -= 1;
    return Response.json(body);
  });
});

test.each([/orders$/, /offers\/7$/, /deliveries/, /sites/])(
  "with the answer of %s still on its way, nothing of an order stands there; then all of it",
  async (late) => {
    const client = await open();
    expect(await screen.findByRole("button", { name: "Passer la commande" })).toBeTruthy();
    offer = { ...VALIDATED, status: "ordered", order: { id: 21, display_number: "45-2" }, may: [] };
    orders = [ORDER];
    held = late;
    await act(async () => {
      void client.invalidateQueries({ queryKey: ["offers"] });
      await waitFor(() => expect([letGo !== null, underway]).toEqual([true, 1]));
    });
    expect(button("Passer la commande")).toBeTruthy();
    expect(button("Annuler la commande")).toBeNull();
    await act(async () => letGo?.());
    expect(await screen.findByRole("button", { name: "Annuler la commande" })).toBeTruthy();
    expect(button("Passer la commande")).toBeNull();
    expect(screen.getByText("Nord, Lyon")).toBeTruthy();
  },
);
