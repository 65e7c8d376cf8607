// §5.1.4: of two dealers who change one auction, the second keeps what was typed, reads what the first has saved, and chooses.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../../language";
import "../../stock/words";
import "../words";
import { MeProvider } from "../../desk/me";
import type { Me } from "../../wire/generated/http";
import type { DealerView } from "../../wire/messages";
import { ChangeAuction } from "./ChangeAuction";

const READER = {
  id: 1,
  role: "dealer",
  language: "fr",
  entities: [{ id: 3, name: "Lyon", rights: ["run_stock_auctions"], validate_trade_ins: "none" }],
} as unknown as Me;
const CAR = { ref: "GD147JH", make: "RENAULT", model: "CLIO", plate: "GD147JH", photos: [], mileage_km: 9 };

let stored = { version: 1, starting: "5000.00", increment: "100.00" };
let sent: { version: number; minimum_increment: string }[] = [];

const view = () =>
  ({
    auction: 7,
    kind: "unit",
    status: "scheduled",
    starts_at: "2099-01-05T10:00:00Z",
    ends_at: "2099-01-05T12:00:00Z",
    minimum_increment: stored.increment,
    soft_close: { window_seconds: 180, extension_seconds: 180, mode: "lot" },
    lots: [{ number: 1, vehicles: [{ ref: CAR.ref }] }],
  }) as unknown as DealerView;
vi.mock("../../auction/follow", () => ({
  useDealerRoom: () => ({ view: view(), missing: null }),
  useServerNow: () => Date.parse("2099-01-05T08:00:00Z"),
}));

function answer(path: string, { method, body }: RequestInit): [number, object] {
  if (method === "PATCH") {
    const change = JSON.parse(String(body));
    sent.push(change);
    if (change.version !== stored.version)
      return [409, { error: { code: "changed_meanwhile", message: "…", field: "version", reasons: [] } }];
    return [200, { id: 7 }];
  }
  if (path.startsWith("/auctions/7")) {
    const lots = [
      { number: 1, starting_price: stored.starting, reserve_price: null, vehicles: [{ id: 5, ...CAR }] },
    ];
    const entity = { id: 3, name: "Lyon" };
    return [
      200,
      {
        id: 7,
        version: stored.version,
        display_number: "3-7",
        entity,
        lots,
        list_name: null,
        audience_count: 4,
      },
    ];
  }
  if (path.startsWith("/vehicles?"))
    return [
      200,
      {
        items: [{ id: 5, entity: 3, site_name: "Lyon", auction: 7, missing: [], card: CAR }],
        page: 1,
        pages: 1,
        total: 1,
      },
    ];
  if (path.startsWith("/audiences")) return [200, { count: 4, items: [] }];
  return [200, /columns|choices/.test(path) ? { items: [] } : { items: [], page: 1, pages: 1, total: 0 }];
}

const increment = () => screen.getByLabelText<HTMLInputElement>(/^Surenchère minimale/);
const press = (name: string) =>
  userEvent.click(screen.getByText(name).closest("button") as HTMLButtonElement);
const told = () => screen.getByRole("alert").textContent?.replace(/[\u00a0\u202f]/g, " ");

/** Both have it open; the colleague saves 200 and another price, then the reader 250. */
async function bothSave() {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <MeProvider me={READER}>
          <ChangeAuction auction={7} />
        </MeProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  await waitFor(() => increment());
  fireEvent.change(increment(), { target: { value: "250" } });
  stored = { version: 2, starting: "5200.00", increment: "200.00" };
  await press("Enregistrer les changements");
  await screen.findByText(/La sienne/, undefined, { timeout: 4_000 });
}

beforeEach(() => {
  stored = { version: 1, starting: "5000.00", increment: "100.00" };
  sent = [];
  sessionStorage.clear();
  vi.spyOn(Element.prototype, "scrollIntoView").mockReturnValue(undefined);
  vi.stubGlobal("fetch", async (address: URL | string, init: RequestInit = {}) => {
    const [status, body] = answer(String(address).replace(/^.*\/api/, ""), init);
    return Response.json(body, { status });
  });
});
afterEach(cleanup);

test("what a colleague has saved is read beside what was typed, and taken up in place of it", async () => {
  await bothSave();
  expect(told()).toContain("Un collègue a modifié cette enchère entre-temps");
  expect(told()).toContain("1 véhicule, mise à prix 5 200,00 €");
  expect(increment().value).toBe("250");
  await press("Reprendre celle du collègue");
  await waitFor(() => expect(increment().value).toBe("200"));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(sent).toHaveLength(1);
});

test("one's own goes over it only when that is said", async () => {
  await bothSave();
  await press("Garder la mienne");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(increment().value).toBe("250");
  await press("Enregistrer les changements");
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toMatchObject({ version: 2, minimum_increment: "250.00" });
});
