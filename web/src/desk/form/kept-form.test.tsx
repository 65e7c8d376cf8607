// A form over something stored: what was typed is there again until it is saved or given back.
import { useForm } from "@mantine/form";
import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { useKeptForm } from "./kept-form";

const STORED = { street: "7 place du Marché", city: "Lyon" };

function opened() {
  return renderHook(() => {
    const form = useForm({ initialValues: STORED });
    useKeptForm("company", form);
    return form;
  });
}

const leaves = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

beforeEach(() => sessionStorage.clear());

test("what was typed stands in the form again, and closing the tab asks first", () => {
  const before = opened();
  expect(leaves()).toBe(false);
  act(() => before.result.current.setFieldValue("city", "Mâcon"));
  before.unmount();
  const { result } = opened();
  expect(result.current.values).toEqual({ ...STORED, city: "Mâcon" });
  expect(result.current.isDirty()).toBe(true);
  expect(leaves()).toBe(true);
});

test.each([
  ["given back", (form: ReturnType<typeof opened>) => form.result.current.reset()],
  [
    "saved",
    (form: ReturnType<typeof opened>) => form.result.current.resetDirty({ ...STORED, city: "Mâcon" }),
  ],
])("nothing is kept once it is %s", (_, end) => {
  const before = opened();
  act(() => before.result.current.setFieldValue("city", "Mâcon"));
  act(() => end(before));
  before.unmount();
  expect(opened().result.current.values).toEqual(STORED);
});
