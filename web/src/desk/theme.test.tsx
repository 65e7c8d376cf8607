// Choices open on asking, not when a refused form leads the focus to them: its message stays to be read.
import { Autocomplete, MantineProvider, Select } from "@mantine/core";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { THEME } from "./theme";

const MAKES = ["AUDI", "RENAULT"];

describe.each([
  ["to choose from", <Select key="select" label="Marque" data={MAKES} searchable />],
  ["to type or choose", <Autocomplete key="typed" label="Marque" data={MAKES} />],
])("a field %s", (_, field) => {
  const shown = () => {
    const input = render(
      <MantineProvider theme={THEME} env="test">
        {field}
      </MantineProvider>,
    ).getByRole("combobox", { name: "Marque" });
    act(() => input.focus());
    return input;
  };
  const choices = () => screen.queryAllByRole("option").length;

  test("stays closed when the focus comes", () => {
    shown();
    expect(choices()).toBe(0);
  });
  test("opens by click", async () => {
    await userEvent.click(shown());
    expect(choices()).toBe(2);
  });
  test("opens as one types", async () => {
    shown();
    await userEvent.keyboard("au");
    expect(choices()).toBeGreaterThan(0);
  });
  test("opens by an arrow", async () => {
    shown();
    await userEvent.keyboard("{ArrowDown}");
    expect(choices()).toBe(2);
  });
});
