/** What is typed as money and cannot be read is neither told as an amount nor submitted. */
import "../../language";
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Amount } from "../../wire/messages";
import { AmountInput } from "./AmountInput";

const submitted = vi.fn<(amount: string) => void>();

function Form({ before }: { before: Amount | "" }) {
  const [price, setPrice] = useState(before);
  return (
    <MantineProvider>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submitted(price);
        }}
      >
        <AmountInput label="Price" value={price} onChange={setPrice} />
        <output>{price || "none"}</output>
        <button type="button" onClick={() => setPrice("7.00")}>
          Seven
        </button>
        <button type="submit">Save</button>
      </form>
    </MantineProvider>
  );
}

const field = () => screen.getByLabelText("Price");
const save = () => userEvent.click(screen.getByRole("button", { name: "Save" }));

async function type(text: string) {
  await userEvent.clear(field());
  await userEvent.type(field(), text);
}

beforeEach(() => submitted.mockClear());
afterEach(cleanup);

test.each(["15a", "douze", "1,5,5", "-3"])("%s is held back, and the field says why", async (text) => {
  render(<Form before="20900.00" />);
  await type(text);
  expect(screen.getByRole("status").textContent).toBe("none");
  await save();
  expect(submitted).not.toHaveBeenCalled();
  expect(field()).toHaveProperty("value", text);
  expect(field().getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(field());
});

test("mended, it is submitted as it stands", async () => {
  render(<Form before="20900.00" />);
  await type("15a");
  await save();
  await type("150,55");
  await save();
  expect(submitted.mock.calls).toEqual([["150.55"]]);
});

test("taken out, there is none", async () => {
  render(<Form before="20900.00" />);
  await type("15a");
  await userEvent.clear(field());
  await save();
  expect(submitted.mock.calls).toEqual([[""]]);
});

test("a value that comes from outside takes the place of what was typed", async () => {
  render(<Form before="20900.00" />);
  await type("15a");
  await userEvent.click(screen.getByRole("button", { name: "Seven" }));
  expect(field()).toHaveProperty("value", "7");
  await save();
  expect(submitted.mock.calls).toEqual([["7.00"]]);
});
