// §6.1: nobody orders at a total that was not read: a colleague's is shown first, and ordered when it is confirmed.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import "../../language";
import { MeProvider } from "../../desk/me";
import { useWholeOffer } from "../api";
import "../words";
import { PlaceOrder } from "./PlaceOrder";
import { READER } from "./reader.proof";

/** What the offer comes to in the house, and the totals at which somebody wished to order. */
let total = "5000.00";
const wished: string[] = [];

function answer(path: string, init: RequestInit): [number, object] {
  if (init.method === "POST") {
    const asked = JSON.parse(String(init.body)).total;
    wished.push(asked);
    return asked === total
      ? [201, { id: 21, display_number: "45-2" }]
      : [409, { error: { code: "changed_meanwhile", message: "…", field: "total", reasons: [] } }];
  }
  if (path.endsWith("/offers/7"))
    return [
      200,
      {
        id: 7,
        display_number: "45-12",
        entity: { id: 3 },
        trader: { id: 4, name: "AUTO 71" },
        totals: { total, balance_due: total },
      },
    ];
  if (path.endsWith("/traders/4")) return [200, { id: 4, legal_representative: "Apolline Verchère" }];
  const sites = [{ id: 5, name: "Nord", city: "Lyon" }];
  return [200, { items: path.includes("/sites") ? sites : [], pages: 1 }];
}

function Page() {
  const { data } = useWholeOffer(7);
  return data ? <PlaceOrder offer={data.offer} /> : null;
}

test("an offer that a colleague has priced anew is ordered at what is read", async () => {
  vi.stubGlobal("fetch", async (address: URL | string, init: RequestInit = {}) => {
    const [status, body] = answer(String(address), init);
    return Response.json(body, { status });
  });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <MeProvider me={READER}>
          <Page />
        </MeProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole("button", { name: "Passer la commande" }));
  const day = `${new Date().getFullYear() + 1}-03-02`;
  fireEvent.change(await screen.findByLabelText(/Livraison prévue/), { target: { value: day } });
  await screen.findByRole("option", { name: "Nord, Lyon" });
  await userEvent.selectOptions(screen.getByLabelText(/Lieu de livraison/), "5");
  await userEvent.selectOptions(screen.getByLabelText(/Mode de paiement/), "transfer");
  total = "4500.00";
  const order = () =>
    userEvent.click(screen.getAllByRole("button", { name: "Passer la commande" }).at(-1) as Element);
  await order();
  expect((await screen.findByRole("alert")).textContent?.replace(/\s/g, " ")).toContain(
    "maintenant à 4 500,00 € TTC",
  );
  await order();
  await waitFor(() => expect(wished).toEqual(["5000.00", "4500.00"]));
});
