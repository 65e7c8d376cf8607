/** A deed that is asked for twice before its answer is sent once; other deeds go beside it. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { useAction } from "./action";

function inPages({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;
}

/** A door whose answers the test gives. */
function door() {
  const answers: (() => void)[] = [];
  const send = vi.fn((_: unknown) => new Promise<void>((resolve) => answers.push(resolve)));
  return { send, answer: () => act(async () => answers.forEach((give) => void give())) };
}

test("a second click before the answer sends nothing, one after it does", async () => {
  const { send, answer } = door();
  const { result } = renderHook(() => useAction((given: { id: number }) => send(given)), {
    wrapper: inPages,
  });
  await act(async () => {
    result.current.mutate({ id: 8 });
    result.current.mutate({ id: 8 });
  });
  expect(send).toHaveBeenCalledTimes(1);
  await answer();
  await act(async () => result.current.mutate({ id: 8 }));
  expect(send).toHaveBeenCalledTimes(2);
});

test("another thing, and another file, is sent beside what is under way", async () => {
  const { send } = door();
  const { result } = renderHook(() => useAction((given: unknown) => send(given)), { wrapper: inPages });
  await act(async () => {
    for (const given of [{ id: 8 }, { id: 9 }, [new File(["a"], "a.png")], [new File(["b"], "b.png")]]) {
      result.current.mutate(given);
    }
  });
  expect(send).toHaveBeenCalledTimes(4);
});
