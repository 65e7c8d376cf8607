// A list that two have open (§3.1), beside an auction: whoever saves second reads what differs, and chooses in place.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../../language";
import "../../auctions/words";
import { ListDialog } from "../../auctions/create/ListDialog";
import { useMailingList } from "./api";

const LINES = ["AUTO 71", "Lotarium", "Garage des Deux Rives"].map((name, at) => ({
  trader: at + 1,
  name,
  city: "Mâcon",
}));
let stored = { id: 5, entity: 1, title: "", traders: [0], version: 0 };

function answer(path: string, init: RequestInit): [number, object] {
  if (path.includes("/connections")) return [200, { items: LINES, pages: 1 }];
  if (init.method !== "PUT") return [200, stored];
  const { version, ...body } = JSON.parse(String(init.body));
  if (version !== stored.version)
    return [409, { error: { code: "changed_meanwhile", message: "…", field: "version", reasons: [] } }];
  stored = { ...stored, ...body, version: version + 1 };
  return [200, stored];
}

function Dialog() {
  const { data } = useMailingList(5);
  return data ? <ListDialog entity={1} list={data} saved={() => {}} /> : null;
}

const button = (name: string) => screen.getByRole("button", { name });
const told = () => screen.getByRole("alert").textContent?.replace(/[\u00a0\u202f]/g, " ");

/** Both have the list open; the colleague adds Lotarium, then the reader the garage. */
async function bothSave() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <Dialog />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole("button", { name: /Modifier/ }));
  await userEvent.click(await screen.findByRole("checkbox", { name: "Garage des Deux Rives" }));
  stored = { ...stored, title: "Jura", traders: [1, 2], version: 2 };
  await userEvent.click(button("Enregistrer la liste"));
  await screen.findByText(/Son titre/);
}

beforeEach(() => {
  // As browsers do by now: an answer that no effect may give on.
  vi.spyOn(Element.prototype, "scrollIntoView").mockReturnValue(Promise.resolve() as never);
  stored = { id: 5, entity: 1, title: "Saône", traders: [1], version: 1 };
  vi.stubGlobal("fetch", async (address: URL | string, init: RequestInit = {}) => {
    const [status, body] = answer(String(address), init);
    return Response.json(body, { status });
  });
});
afterEach(cleanup);

test("what differs is read beside what was typed, and the colleague's is taken up without a reload", async () => {
  await bothSave();
  expect(told()).toContain("Un collègue a enregistré cette liste entre-temps");
  expect(told()).toContain("Son titre : « Jura »");
  expect(told()).toContain("Chez votre collègue seulement : Lotarium");
  expect(told()).toContain("Chez vous seulement : Garage des Deux Rives");
  expect(screen.getByLabelText("Titre")).toHaveProperty("value", "Saône");
  await userEvent.click(button("Reprendre la version du collègue"));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.getByLabelText("Titre")).toHaveProperty("value", "Jura");
  await userEvent.click(screen.getAllByRole("checkbox", { name: "AUTO 71" })[0] as HTMLElement);
  await userEvent.click(button("Enregistrer la liste"));
  await waitFor(() => expect(stored).toMatchObject({ title: "Jura", traders: [2], version: 3 }));
});

test("one's own is saved over it only by whoever says so", async () => {
  await bothSave();
  await userEvent.click(button("Enregistrer la liste"));
  expect(stored.title).toBe("Jura");
  await userEvent.click(await screen.findByRole("button", { name: "Garder la mienne" }));
  await userEvent.click(button("Enregistrer la liste"));
  await waitFor(() => expect(stored).toMatchObject({ title: "Saône", traders: [1, 3], version: 3 }));
});
