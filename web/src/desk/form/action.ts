/** Doing something at a door: sends it once, reads anew what it changed, says that it is done, goes on. */
import {
  hashKey,
  type QueryKey,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { say } from "../say";

interface Afterwards<Answer> {
  /** The lists and cards that it changes, by the beginnings of their keys. */
  refresh?: readonly QueryKey[];
  /** What the corner says once it is done. */
  said?: string | ((answer: Answer) => string);
  after?: (answer: Answer) => void;
}

export function useAction<Given = void, Answer = unknown>(
  send: (given: Given) => Promise<Answer>,
  { refresh = [], said, after }: Afterwards<Answer> = {},
): UseMutationResult<Answer, unknown, Given> {
  const client = useQueryClient();
  const sendOnce = useOnce(send);
  return useMutation({
    mutationFn: sendOnce,
    onSuccess: async (answer) => {
      await Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey })));
      if (said !== undefined) say(typeof said === "string" ? said : said(answer));
      after?.(answer);
    },
  });
}

/** Asked again for the same while it is under way, as by a double click before the button shows it, nothing is sent again. */
function useOnce<Given, Answer>(send: (given: Given) => Promise<Answer>): (given: Given) => Promise<Answer> {
  const running = useRef<{ given: Given; answer: Promise<Answer> } | null>(null);
  return useCallback(
    (given) => {
      if (running.current && isSame(running.current.given, given)) return running.current.answer;
      const answer = send(given);
      const own = { given, answer };
      running.current = own;
      const over = () => {
        if (running.current === own) running.current = null;
      };
      answer.then(over, over);
      return answer;
    },
    [send],
  );
}

/** Files say nothing of what is in them: only the very same ones are the same. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || (!hasFiles(one) && hashKey([one]) === hashKey([other]));
}

function hasFiles(given: unknown): boolean {
  if (given instanceof Blob) return true;
  return typeof given === "object" && given !== null && Object.values(given).some(hasFiles);
}
