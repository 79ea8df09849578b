import { QueryClient, useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import type { EndpointName } from "@lontar/contract";
import { Refused, Unreachable, type InputOf, type ResultOf } from "./api.ts";
import { uuidv7 } from "./ids.ts";
import { call } from "./server.ts";

/** The cache of answers. A lost network is tried again; a refusal is an answer and is not. */
export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, gcTime: 30 * 60_000, retry: (failures, error) => error instanceof Unreachable && failures < 3, refetchOnWindowFocus: true, networkMode: "always" },
    mutations: { retry: (failures, error) => error instanceof Unreachable && failures < 2, retryDelay: (attempt) => 800 * 2 ** attempt, networkMode: "always" },
  },
});

/** The cache key of a read; a prefix of it (the name alone) names all inputs. */
export const keyOf = (name: EndpointName, input?: unknown): readonly unknown[] => (input === undefined ? [name] : [name, input]);

/** What a page needs for one read outside a component, for route loaders. */
export const reading = <N extends EndpointName>(name: N, input: InputOf<N>) => ({
  queryKey: keyOf(name, input),
  // The two casts below only put the conditional argument list of `call` back together; the types on both sides are the contract's.
  queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<ResultOf<N>> => (call as (name: N, input: InputOf<N>, options: { signal: AbortSignal }) => Promise<ResultOf<N>>)(name, input, { signal }),
});

/** Reads an endpoint and keeps the answer current. */
export const useRead = <N extends EndpointName>(name: N, input: InputOf<N>, options: { readonly isOn?: boolean } = {}): UseQueryResult<ResultOf<N>> =>
  useQuery<ResultOf<N>>({ ...reading(name, input), enabled: options.isOn ?? true });

const againMs = 1500;

/** While work goes on in the background its page asks again by itself; `onEnd` sees to what the work has changed. */
export const useAgainWhile = (isRunning: boolean, name: EndpointName, onEnd: () => void): void => {
  const client = useQueryClient();
  const wasRunning = useRef(false);
  const ended = useEffectEvent(onEnd);
  useEffect(() => {
    if (wasRunning.current && !isRunning) ended();
    wasRunning.current = isRunning;
    if (!isRunning) return undefined;
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: keyOf(name) }), againMs);
    return () => clearInterval(timer);
  }, [isRunning, client, name]);
};

/** How a command behaves around its call. */
export type CommandOptions<N extends EndpointName> = {
  /** Reads that are no longer true afterwards. */
  readonly outdates?: readonly EndpointName[];
  readonly onDone?: (result: ResultOf<N>, input: InputOf<N>) => void;
};

/**
 * A command of the person. The same input sent again after a lost connection carries the same idempotency key, so that pressing
 * the button twice does the thing once.
 */
export const useCommand = <N extends EndpointName>(name: N, options: CommandOptions<N> = {}): UseMutationResult<ResultOf<N>, Error, InputOf<N>> => {
  const client = useQueryClient();
  const last = useRef<{ readonly text: string; readonly key: string } | undefined>(undefined);
  return useMutation<ResultOf<N>, Error, InputOf<N>>({
    mutationFn: (input) => {
      const text = JSON.stringify(input);
      if (last.current?.text !== text) last.current = { text, key: uuidv7() };
      // As in `reading`: puts the conditional argument list back together.
      return (call as (name: N, input: InputOf<N>, options: { idempotencyKey: string }) => Promise<ResultOf<N>>)(name, input, { idempotencyKey: last.current.key });
    },
    onSuccess: async (result, input) => {
      last.current = undefined;
      await Promise.all((options.outdates ?? []).map((outdated) => client.invalidateQueries({ queryKey: keyOf(outdated) })));
      options.onDone?.(result, input);
    },
    onError: (error) => {
      if (!(error instanceof Refused)) return;
      if (error.code === "post_changed") void client.invalidateQueries({ queryKey: keyOf("session.me") });
      last.current = undefined; // an answer was given: the next try is a new request
      // Someone else acted meanwhile: beside the refusal the page shows how things stand now.
      if (error.status === 403 || error.status === 404 || error.status === 409) for (const outdated of options.outdates ?? []) void client.invalidateQueries({ queryKey: keyOf(outdated) });
    },
  });
};
