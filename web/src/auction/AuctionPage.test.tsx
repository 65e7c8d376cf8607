// The trader's auction page on a hand-held socket: bidding (§5.2), late bids (§5.3), following (§5.5.3, §5.5.5).
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import "../language";
import type { TraderView } from "../wire/messages";
import { AuctionPage } from "./AuctionPage";
import { LiveProvider } from "./follow";

type Said = { type: string; id: string; amount: string };

class HeldSocket {
  static last: HeldSocket;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  said: Said[] = [];
  constructor() {
    HeldSocket.last = this;
  }
  send(text: string) {
    this.said.push(JSON.parse(text));
  }
  close() {}
}

/** What it causes is awaited too: an answer resolves the promise of its command. */
const hear = (message: object) =>
  act(async () => HeldSocket.last.onmessage?.({ data: JSON.stringify(message) }));
const bids = () => HeldSocket.last.said.filter(({ type }) => type === "bid");
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ");
const page = () => plain(document.body.textContent);
const named = (name: string) => screen.getByRole("button", { name: (found) => plain(found) === name });
const inDialog = (name: string) =>
  within(screen.getByRole("dialog")).getByRole("button", { name: (found) => plain(found) === name });

const NOW = "2026-01-01T12:00:00Z";
const lot = {
  number: 65,
  starting_price: "20593.63",
  last_offer: "20900.00",
  bidder: 2,
  bids: 2,
  minimum_next_bid: "21000.00",
  reserve_reached: true,
  outcome: null,
  vehicles: [{ ref: "GD147JH", vat: "margin" as const }],
};
const view: TraderView = {
  auction: 7,
  number: 43,
  kind: "lot",
  status: "open",
  starts_at: "2026-01-01T11:50:00Z",
  ends_at: "2026-01-01T12:10:00Z",
  minimum_increment: "100.00",
  soft_close: { window_seconds: 180, extension_seconds: 180, mode: "add" },
  lots: [lot],
  recent: [],
  you: { bidder: 1, declined: false, invited: true, offers: [{ lot: 65, amount: "20700.00" }] },
};

async function greet() {
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <LiveProvider user={1}>
          <AuctionPage auction={7} />
        </LiveProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  const user = { id: 1, name: "Ana", role: "trader" };
  await hear({ type: "welcome", protocol: "adjuge.v1", time: NOW, user, heartbeat_seconds: 25 });
}

async function show(shown: Partial<TraderView> = {}) {
  await greet();
  await hear({ type: "state", auction: 7, epoch: 1, seq: 3, role: "trader", view: { ...view, ...shown } });
}

const placed = (amount: string, bidder: number, more: object = {}) => ({
  type: "event",
  auction: 7,
  seq: 4,
  at: NOW,
  event: "bid",
  lot: 65,
  amount,
  bidder,
  bids: 3,
  minimum: "21100.00",
  reserve_reached: true,
  ends_at: view.ends_at,
  ...more,
});
const accepted = (id: string) => ({
  type: "accepted",
  id,
  auction: 7,
  seq: 4,
  standing: { lot: 65, bidder: 1, leading: true, last_offer: "21000.00", minimum: "21100.00" },
});

// Countdowns tick by intervals; nothing else here does: a second that passes in a slow test moves no page.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  sessionStorage.clear();
  window.history.replaceState(null, "", "/auctions/7");
  vi.stubGlobal("WebSocket", HeldSocket);
  vi.stubGlobal("fetch", () => Promise.reject(new Error("no server in this test")));
});

afterEach(() => {
  vi.useRealTimers();
});

describe("bidding", () => {
  test("one click bids the minimum; the price moves only when the server says so", async () => {
    await show();
    expect(page()).toContain("Dépassé");
    await userEvent.click(named("Enchérir 21 000 €"));
    expect(bids()).toMatchObject([{ auction: 7, lot: 65, amount: "21000.00" }]);
    expect(named("21 000 € · envoi…")).toHaveProperty("disabled", true);
    expect(page()).toContain("20 900,00 €");
    await hear(accepted(bids()[0]?.id ?? ""));
    expect(page()).toContain("20 900,00 €");
    await hear(placed("21000.00", 1));
    expect(page()).toContain("21 000,00 €");
    expect(page()).toContain("En tête");
    named("Enchérir 21 100 €");
  });

  test("Enter in the other field bids its amount, and the button says which", async () => {
    await show();
    await userEvent.type(screen.getByLabelText("Autre montant"), "21 500");
    named("Enchérir 21 500 €");
    await userEvent.keyboard("{Enter}");
    expect(bids()).toMatchObject([{ amount: "21500.00" }]);
  });

  test.each([
    ["beaucoup", "Montant non reconnu"],
    ["20 950", "Trop bas : le minimum est 21 000,00 €"],
    ["0", "Trop bas : le minimum est 21 000,00 €"],
    ["-1", "Trop bas : le minimum est 21 000,00 €"],
    ["99999999999999", "Trop haut : au plus 100 000 000 €"],
  ])("%s typed says what is wrong, and sends nothing", async (typed, problem) => {
    await show();
    await userEvent.type(screen.getByLabelText("Autre montant"), `${typed}{Enter}`);
    expect(page()).toContain(problem);
    expect(bids()).toEqual([]);
  });

  test.each([
    ["another's", 2],
    ["one's own from another device", 1],
  ])("the acceptance goes once a higher offer stands: %s", async (_whose, bidder) => {
    await show();
    await userEvent.click(named("Enchérir 21 000 €"));
    await hear(accepted(bids()[0]?.id ?? ""));
    await hear(placed("21000.00", 1));
    expect(page()).toContain("Offre de 21 000 € acceptée.");
    await hear({ ...placed("21100.00", bidder), seq: 5 });
    expect(page()).toContain("21 100,00 €");
    expect(page()).not.toContain("acceptée");
  });

  test("over 20 % above the minimum asks once more", async () => {
    await show();
    await userEvent.type(screen.getByLabelText("Autre montant"), "30000{Enter}");
    expect(bids()).toEqual([]);
    expect(page()).toContain("30 000 €, c’est 42 % au-dessus du minimum (21 000 €)");
    await waitFor(() => expect(document.activeElement).toBe(inDialog("Annuler"))); // Enter pressed twice bids nothing
    await userEvent.keyboard("{Enter}");
    expect(bids()).toEqual([]);
  });

  test("how far above is written as other figures are", async () => {
    await show();
    await userEvent.type(screen.getByLabelText("Autre montant"), "300000{Enter}");
    expect(page()).toContain("300 000 €, c’est 1 328 % au-dessus du minimum (21 000 €)");
  });

  test("whoever thinks again finds the amount in the field; it goes with the bid", async () => {
    await show();
    const field = screen.getByLabelText("Autre montant");
    await userEvent.type(field, "30000{Enter}");
    await userEvent.click(screen.getByRole("button", { name: "Annuler" }));
    expect(field).toHaveProperty("value", "30000");
    await userEvent.type(field, "{Enter}");
    await userEvent.click(inDialog("Enchérir 30 000 €"));
    expect(bids()).toMatchObject([{ amount: "30000.00" }]);
    expect(field).toHaveProperty("value", "");
  });

  test("the leader is warned before raising its own bid (§5.2.3)", async () => {
    await show({ lots: [{ ...lot, bidder: 1 }] });
    await userEvent.click(named("Enchérir 21 000 €"));
    expect(page()).toContain("Vous êtes déjà en tête, et la réserve est atteinte");
    expect(bids()).toEqual([]);
    await userEvent.click(inDialog("Enchérir 21 000 €"));
    expect(bids()).toMatchObject([{ amount: "21000.00" }]);
  });

  test("a question that stands while others bid tells what is so now, and goes with the end", async () => {
    await show({ lots: [{ ...lot, bidder: 1 }] });
    await userEvent.type(screen.getByLabelText("Autre montant"), "21500{Enter}");
    const dialog = () => plain(screen.getByRole("dialog").textContent);
    expect(dialog()).toContain("Vous êtes déjà en tête");
    await hear(placed("21000.00", 2));
    expect(dialog()).toContain("Les offres ont changé. Enchérir 21 500 € ?");
    await hear(placed("21500.00", 2, { seq: 5, minimum: "21600.00" }));
    expect(dialog()).toContain("Trop bas : le minimum est 21 600,00 €.");
    expect(dialog()).not.toContain("Enchérir");
    await hear({ type: "event", auction: 7, seq: 6, at: NOW, event: "ended" });
    expect(dialog()).toContain("Les offres sont closes.");
    await userEvent.click(screen.getByText("Fermer"));
    expect(bids()).toEqual([]);
  });

  test("a refusal says why and what the minimum is now", async () => {
    await show();
    await userEvent.click(named("Enchérir 21 000 €"));
    const id = bids()[0]?.id;
    await hear({ type: "refused", id, auction: 7, code: "below_minimum", message: "…", minimum: "21300.00" });
    expect(page()).toContain("Trop bas : le minimum est maintenant 21 300,00 €");
  });

  test("a first bid learns one's own number from its answer: one leads at once", async () => {
    await show({ you: { ...view.you, bidder: null, offers: [] } });
    expect(page()).toContain("Pas enchéri");
    await userEvent.click(named("Enchérir 21 000 €"));
    await hear({ ...accepted(bids()[0]?.id ?? ""), standing: { lot: 65, bidder: 3 } });
    await hear(placed("21000.00", 3));
    expect(page()).toContain("En tête");
    expect(page()).toContain("votre offre");
  });
});

describe("following", () => {
  test("being outbid is said in words, also for those who do not see the screen", async () => {
    await show({ lots: [{ ...lot, bidder: 1 }] });
    await hear(placed("21000.00", 2));
    expect(page()).toContain("Dépassé");
    const said = screen.getAllByRole("status").map((one) => plain(one.textContent));
    expect(said.join(" ")).toContain(
      "Lot 65 : vous êtes dépassé, dernière offre 21 000 €. Réserve atteinte.",
    );
  });

  test("the end moves with its reason (§5.3.1)", async () => {
    await show();
    const from = view.ends_at;
    const to = "2026-01-01T12:13:00Z";
    const late = { seq: 5, at: NOW, event: "extended", cause: "late_bid", from, to };
    const { type: _, auction: __, ...bid } = placed("21000.00", 2, { ends_at: to });
    expect(screen.getByRole("timer").textContent).toBe("10:00");
    await hear({ type: "events", auction: 7, from: 4, seq: 5, events: [bid, late] });
    expect(page()).toContain("Prolongée de 3 min");
    expect(page()).toContain("offre tardive");
    expect(screen.getByRole("timer").textContent).toBe("13:00");
  });

  test("the countdown is the server's (§5.5.5), urgent in the last three minutes", async () => {
    await show({ ends_at: "2026-01-01T12:02:37Z" });
    expect(screen.getByRole("timer").textContent).toBe("2:37");
    expect(page()).toContain("Toute offre à moins de 3 min de la fin prolonge encore.");
  });

  test("a lost line stops bidding at once, and what was shown stays", async () => {
    await show();
    await act(() => HeldSocket.last.onclose?.({ code: 1006 }));
    expect(named("Connexion perdue")).toHaveProperty("disabled", true);
    expect(page()).toContain("20 900,00 €");
  });

  test("the end tells what became of the lot", async () => {
    await show({ lots: [{ ...lot, bidder: 1 }] });
    const at = view.ends_at;
    const won = { seq: 5, at, event: "lot_decided", lot: 65, outcome: "won", price: "20900.00", bidder: 1 };
    await hear({
      type: "events",
      auction: 7,
      from: 4,
      seq: 5,
      events: [{ seq: 4, at, event: "ended" }, won],
    });
    expect(page()).toContain("Remporté");
    expect(page()).toContain("Les offres sont closes.");
    expect(page()).toContain("Terminée");
  });

  test("one's own offers can be read alone", async () => {
    const bid = { at: NOW, event: "bid", lot: 65 } as const;
    const recent = [
      { ...bid, seq: 2, amount: "20700.00", bidder: 1 },
      { ...bid, seq: 3, amount: "20900.00", bidder: 2 },
    ];
    await show({ recent });
    expect(page()).toContain("Marchand 2");
    await userEvent.click(named("Mes offres"));
    expect(page()).toContain("20 700 € · votre offre");
    expect(page()).not.toContain("Marchand 2");
  });

  test("an auction that is not one's own is told as such", async () => {
    await greet();
    await hear({ type: "refused", auction: 7, code: "unknown_auction", message: "…" });
    expect(page()).toContain("Cette enchère n’existe pas, ou vous n’y êtes pas invité.");
  });
});

describe("a unit auction", () => {
  const second = { ...lot, number: 66, bidder: 1, last_offer: "5000.00", minimum_next_bid: "5100.00" };

  test("shows every lot, and the panel follows the chosen one", async () => {
    await show({ kind: "unit", lots: [lot, second] });
    expect(page()).toContain("Lot 65");
    expect(page()).toContain("5 000,00 €");
    await userEvent.click(named("Lot 66"));
    expect(screen.getByLabelText("Enchérir sur le lot 66")).toBeTruthy();
  });

  test("goes to the next lot on which one was outbid, and to its neighbours", async () => {
    await show({ kind: "unit", lots: [second, lot] });
    expect(screen.getByLabelText("Enchérir sur le lot 66")).toBeTruthy();
    await userEvent.click(named("Dépassé (1) : aller au lot suivant"));
    expect(screen.getByLabelText("Enchérir sur le lot 65")).toBeTruthy();
    expect(screen.queryByLabelText("aller au lot suivant", { exact: false })).toBeNull();
    await userEvent.click(named("Lot précédent"));
    expect(screen.getByLabelText("Enchérir sur le lot 66")).toBeTruthy();
    expect(window.location.search).toBe("?lot=66");
  });

  test("one click bids the minimum on any lot of the list", async () => {
    await show({ kind: "unit", lots: [lot, second] });
    await userEvent.click(named("Enchérir 21 000 € sur le lot 65"));
    expect(bids()).toMatchObject([{ lot: 65, amount: "21000.00" }]);
  });
});
