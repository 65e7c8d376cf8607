/** Doing something at a door: sends it once, reads anew what it changed, says that it is done, goes on. */
import { type QueryKey, type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
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
  return useMutation({
    mutationFn: send,
    onSuccess: async (answer) => {
      await Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey })));
      if (said !== undefined) say(typeof said === "string" ? said : said(answer));
      after?.(answer);
    },
  });
}
