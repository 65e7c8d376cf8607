// §6.1: of two dealers who price one offer, the second reads what the first has saved, and chooses.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../../language";
import { MeProvider } from "../../desk/me";
import type { Offer } from "../../wire/generated/http";
import { useWholeOffer } from "../api";
import "../words";
import { Prices } from "./Prices";
import { READER } from "./reader.proof";
import { usePricing } from "./typed";

const CAR = {
  make: "Renault",
  model: "Clio",
  version: "",
  vat: "margin",
  status: "sales_stock",
  fixed: false,
};

/** What the house has: a total of nothing but its one vehicle. */
let stored = { price: "", version: 0, extras: [] as object[] };

function offer() {
  const { price, version, extras } = stored;
  const vehicles = [{ ...CAR, id: 5, price, price_ht: price, margin: "0.00", from_offer: null }];
  const totals = { total: price, total_ht: price };
  return { id: 7, version, vehicles, extras, totals, auction: null, may: ["change"], entity: { id: 3 } };
}

function answer(path: string, init: RequestInit): [number, object] {
  if (path.endsWith("/orders")) return [200, { items: [] }];
  if (init.method !== "PATCH") return [200, path.endsWith("/offers/7") ? offer() : { items: [], pages: 1 }];
  const { version, vehicles } = JSON.parse(String(init.body));
  if (version !== stored.version)
    return [409, { error: { code: "changed_meanwhile", message: "…", field: "version", reasons: [] } }];
  stored = { ...stored, price: vehicles[0]?.price ?? stored.price, version: version + 1 };
  return [200, offer()];
}

function Page() {
  const { data } = useWholeOffer(7);
  return data ? <Priced offer={data.offer} /> : null;
}

function Priced({ offer }: { offer: Offer }) {
  return <Prices offer={offer} pricing={usePricing(offer)} />;
}

const button = (name: string) => screen.getByRole("button", { name });
const field = () => screen.getAllByLabelText(/^Prix TTC de/)[0] as HTMLInputElement;
const told = () => screen.getByRole("alert").textContent?.replace(/[\u00a0\u202f]/g, " ");

/** Both have the offer open; the colleague saves 1 300, then the reader 1 400. */
async function bothSave() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MeProvider me={READER}>
          <Page />
        </MeProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  await waitFor(() => field());
  await userEvent.clear(field());
  await userEvent.type(field(), "1400");
  stored = { ...stored, price: "1300.00", version: 2 };
  await userEvent.click(button("Enregistrer les prix"));
  await screen.findByText(/Total avec les siens/);
}

beforeEach(() => {
  sessionStorage.clear();
  stored = { price: "1200.00", version: 1, extras: [] };
  vi.stubGlobal("fetch", async (address: URL | string, init: RequestInit = {}) => {
    const [status, body] = answer(String(address), init);
    return Response.json(body, { status });
  });
});
afterEach(cleanup);

test("the colleague's prices are told, and taken up without a reload", async () => {
  await bothSave();
  expect(told()).toContain("Total avec les siens : 1 300,00 € TTC");
  expect(stored.price).toBe("1300.00");
  await userEvent.click(button("Reprendre ceux du collègue"));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(field().value.replace(/\D/g, "")).toBe("1300");
});

test("one's own are saved over them only by whoever says so", async () => {
  await bothSave();
  expect(screen.queryByRole("button", { name: "Enregistrer les prix" })).toBeNull();
  await userEvent.click(button("Garder les miens"));
  await userEvent.click(button("Enregistrer les prix"));
  await waitFor(() => expect(stored).toMatchObject({ price: "1400.00", version: 3 }));
});
