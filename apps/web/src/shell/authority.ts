import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useRef } from "react";
import { useMessages, type Messages } from "../kernel/catalog/index.ts";
import { notify } from "../kernel/notices.ts";
import { call, shownPost } from "../kernel/server.ts";
import { createStore } from "../kernel/store.ts";
import { meQuery, useTimeWords, type Me } from "../session/me.ts";
import type { AppShellProps } from "../ui/AppShell.tsx";

type Post = Me["posts"][number];

const titleOf = ({ holding, title }: Pick<Post, "holding" | "title">, words: Messages): string => `${words.post.holding[holding]} ${title}`.trim();

/** The standing word over every page: of an acting official under which mandate he acts, of a holder who acts in his stead. */
export const useAuthority = ({ acting }: Me, now: Date): AppShellProps["authority"] => {
  const words = useMessages();
  const time = useTimeWords();
  const act = acting.functions.some((name) => name === "leader" || name === "signer" || name === "admin") ? { label: words.post.mandates, href: "/mandat" } : undefined;
  if (acting.acting !== null) {
    const { name, kind, until } = acting.acting;
    return { kind: "aside", sentence: words.post.aside(until === null ? "" : time.end(until, now), `${words.post.holding[kind]} ${name}`.trim()), act };
  }
  if (acting.holding === "definitif") return undefined;
  const scope = acting.scope === null ? [] : [
    ...(acting.scope.types.length > 0 ? [words.post.types(acting.scope.types.length)] : []),
    ...(acting.scope.classifications.length > 0 ? [words.post.classifications(acting.scope.classifications.join(", "))] : []),
  ];
  const until = acting.until === null ? "" : ` ${words.post.until(time.end(acting.until, now))}`;
  return { kind: "acting", sentence: `${words.post.actingNow(`${titleOf(acting, words)}${until}`)}${scope.length === 0 ? "" : ` ${words.post.onlyWithin(scope.join("; "))}`}`, act };
};

/** The post into which this window was just switched by its person: that needs no news. */
const switchedTo = createStore<string | undefined>(undefined);

/** Switches the post that the person acts in, and goes to its desk. */
export const useSwitchPost = (): ((positionId: string) => void) => {
  const words = useMessages();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (positionId: string) => call("session.switchPost", { positionId }),
    onSuccess: (next) => {
      switchedTo.set(next.acting.positionId);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session.me" }); // what one post may see, another may not
      client.setQueryData(meQuery.queryKey, next);
      notify("done", words.post.changed(titleOf(next.acting, words)));
      void navigate({ href: "/meja" });
    },
    onError: (error) => notify("bad", error.message),
  }).mutate;
};

/** Follows the posts of the person: says when one begins or ends, and when the post of this window is gone shows nothing of it any more. */
export const usePosts = (me: Me): ((positionId: string) => void) => {
  const words = useMessages();
  const client = useQueryClient();
  const before = useRef(me);
  const switchPost = useSwitchPost();
  // Before anything on the page can be pressed: a command says which post it is meant for.
  useLayoutEffect(() => shownPost.set(me.acting.positionId), [me.acting.positionId]);
  useEffect(() => {
    const { posts, acting, personId } = before.current;
    before.current = me;
    if (personId !== me.personId) return;
    const has = (list: readonly Post[], { positionId, holding }: Post): boolean => list.some((one) => one.positionId === positionId && one.holding === holding);
    const isOver = !has(me.posts, acting);
    for (const post of me.posts) if (!has(posts, post)) notify("info", words.post.begun(titleOf(post, words)), { label: words.post.use, run: () => switchPost(post.positionId) });
    for (const post of posts) if (!has(me.posts, post) && post.positionId !== acting.positionId) notify("info", words.post.ended(titleOf(post, words)));
    if (acting.positionId !== me.acting.positionId && switchedTo.get() !== me.acting.positionId) {
      notify("info", isOver ? words.post.over(titleOf(acting, words), titleOf(me.acting, words)) : words.post.changed(titleOf(me.acting, words)));
      void client.resetQueries({ predicate: (query) => query.queryKey[0] !== "session.me" });
    } else if (isOver) notify("info", words.post.ended(titleOf(acting, words)));
    switchedTo.set(undefined);
  }, [me, words, client, switchPost]);
  return switchPost;
};
