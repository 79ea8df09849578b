import { keepPreviousData, useInfiniteQuery, type InfiniteData } from "@tanstack/react-query";
import { useMemo } from "react";

/** A list that is read page by page, newest first. */
export type Pages<Row> = {
  readonly rows: readonly Row[];
  /** Nothing is known yet. */
  readonly isLoading: boolean;
  readonly isFetching: boolean;
  /** Why nothing can be shown; a list that is shown stays. */
  readonly error: Error | null;
  readonly retry: () => void;
  /** Reads the next page; absent at the end. */
  readonly more: { readonly isBusy: boolean; readonly run: () => void } | undefined;
};

type Page<Row> = { readonly items: readonly Row[]; readonly next: string | null };

/** How a list is read. */
export type PagesOptions<Row> = {
  /** While another filter is read, the rows before stay. */
  readonly keepsRows?: boolean;
  /** Read again after this many milliseconds while the rows change by themselves. */
  readonly again?: (rows: readonly Row[]) => number | false;
};

const rowsOf = <Row>(pages: readonly Page<Row>[] | undefined): readonly Row[] => (pages ?? []).flatMap((page) => page.items);

const pageSize = 40;

/** Reads a list page by page. `key` names the list with its filter. */
export const usePages = <Row>(key: readonly unknown[], read: (page: { readonly limit: number; readonly cursor?: string }, signal: AbortSignal) => Promise<Page<Row>>, { keepsRows = false, again }: PagesOptions<Row> = {}): Pages<Row> => {
  const answer = useInfiniteQuery<Page<Row>, Error, InfiniteData<Page<Row>>, readonly unknown[], string | undefined>({
    queryKey: [...key, "pages"],
    queryFn: ({ pageParam, signal }) => read({ limit: pageSize, ...(pageParam !== undefined && { cursor: pageParam }) }, signal),
    initialPageParam: undefined, // the first page has no cursor
    getNextPageParam: (last) => last.next ?? undefined,
    ...(keepsRows && { placeholderData: keepPreviousData }),
    ...(again !== undefined && { refetchInterval: (current) => again(rowsOf(current.state.data?.pages)) }),
  });
  const { data } = answer;
  return {
    rows: useMemo(() => rowsOf(data?.pages), [data]),
    isLoading: data === undefined,
    isFetching: answer.isFetching,
    error: data === undefined ? answer.error : null,
    retry: () => void answer.refetch(),
    more: answer.hasNextPage ? { isBusy: answer.isFetchingNextPage, run: () => void answer.fetchNextPage() } : undefined,
  };
};
