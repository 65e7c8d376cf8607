// Publishing asks nothing, so its button says how many will be told (§3.2, §5.1.5), in the reader's language.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import i18next from "i18next";
import { afterEach, expect, test, vi } from "vitest";
import "../../language";
import "../words";
import { type Editing, EditingProvider } from "./editing";
import { EMPTY_FORM, type Form } from "./form";
import { sheetOf } from "./sheet";
import { Totals } from "./Totals";
import { usePublishWords } from "./told";

function Foot() {
  return <Totals deed={usePublishWords()} busy={false} error={null} shown={[]} />;
}

const asked: string[] = [];

function open(told: number, changed: Partial<Form>) {
  vi.stubGlobal("fetch", async (address: URL | string) => {
    asked.push(String(address));
    return Response.json({ count: told, items: [] });
  });
  const form = { ...EMPTY_FORM, ...changed };
  const nothing = () => {};
  const editing: Editing = {
    form,
    change: nothing,
    choose: nothing,
    type: nothing,
    vehicles: [],
    sheet: sheetOf(form, []),
    entity: 1,
    problems: new Map(),
    refused: {},
    changing: null,
  };
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <EditingProvider editing={editing}>
          <Foot />
        </EditingProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

afterEach(cleanup);

test.each<["fr" | "en", number, Partial<Form>, string]>([
  ["fr", 12, { at_once: true }, "Publier et prévenir 12 professionnels"],
  ["fr", 1, { at_once: true }, "Publier et prévenir 1 professionnel"],
  ["fr", 0, { at_once: true }, "Publier l’enchère"],
  ["fr", 1200, { at_once: false }, "Programmer et prévenir 1 200 professionnels"],
  ["en", 12, { at_once: true }, "Publish and tell 12 traders"],
  ["en", 1, { at_once: false }, "Schedule and tell 1 trader"],
])("in %s, for %i told: %j", async (language, told, changed, says) => {
  await i18next.changeLanguage(language);
  open(told, changed);
  await waitFor(() => expect(screen.getByText(says).closest("button")?.type).toBe("submit"));
});

test("who is told is counted of the list that is chosen", async () => {
  await i18next.changeLanguage("fr");
  open(2, { at_once: true, audience: 7 });
  await screen.findByText("Publier et prévenir 2 professionnels");
  expect(asked.at(-1)).toMatch(/mailing_list=7/);
});
