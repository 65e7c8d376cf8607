/** A mileage copied from elsewhere is the same mileage here, however it was grouped. */
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { WholeInput } from "./WholeInput";

function Form() {
  const [mileage, setMileage] = useState("");
  return (
    <MantineProvider>
      <WholeInput label="Mileage" value={mileage} onChange={setMileage} />
      <output>{mileage}</output>
    </MantineProvider>
  );
}

afterEach(cleanup);

test.each([
  ["12.500", "12500"],
  ["12,500", "12500"],
  ["150.000 km", "150000"],
  ["12 500", "12500"],
  ["12500,00", "12500"],
  ["1.250.000", "1250000"],
  ["500", "500"],
])("%j pasted is %s", async (pasted, digits) => {
  render(<Form />);
  await userEvent.click(screen.getByLabelText("Mileage"));
  await userEvent.paste(pasted);
  expect(screen.getByRole("status").textContent).toBe(digits);
});
