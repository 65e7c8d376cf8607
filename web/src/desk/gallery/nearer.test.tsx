// Looking from nearer: the photo in sight grows, arrows move it and turn no photo, and whatever turns the photos ends it.
import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { useNearer } from "./nearer";

function photos() {
  const stage = document.createElement("ul");
  stage.innerHTML = "<li><img alt=''></li><li><img alt=''></li>";
  for (const photo of stage.querySelectorAll("img"))
    photo.getBoundingClientRect = () => new DOMRect(100, 0, 400, 300);
  const moved = vi.fn();
  for (const frame of stage.children) frame.scrollBy = moved;
  const { result, rerender } = renderHook(({ at }) => useNearer({ current: stage }, at), {
    initialProps: { at: 0 },
  });
  const press = (key: string) => {
    let own = false;
    act(() => {
      own = result.current.key(key);
    });
    return own;
  };
  return { now: () => result.current, show: (at: number) => rerender({ at }), press, moved };
}

test("Z brings the photo nearer and back; arrows are its own only meanwhile", () => {
  const { now, press, moved } = photos();
  expect(press("ArrowRight")).toBe(false);
  expect(press("z")).toBe(true);
  expect(now().width).toBe(1000);
  expect(press("ArrowRight")).toBe(true);
  expect(moved).toHaveBeenCalledTimes(1);
  expect(press("Z")).toBe(true);
  expect(now().width).toBeUndefined();
});

test("another photo is seen whole", () => {
  const { now, show } = photos();
  act(() => now().turn());
  expect(now().width).toBe(1000);
  show(1);
  expect(now().width).toBeUndefined();
});
