import type { z } from "zod";
import type { contract } from "@lontar/contract";
import { query, type Route } from "../kernel/http.ts";
import type { Post } from "./store.ts";
import { partners, postsBelow, postsOfUnit, searchPosts } from "./store.ts";

type PostView = z.output<(typeof contract)["office.posts"]["result"]>[number];

/** A post as lists and pickers show it. */
export const postView = (post: Post, load?: number): PostView => ({
  id: post.id,
  title: post.title,
  unit: post.unitName,
  holder: post.holder?.name ?? null,
  holding: post.holder?.kind ?? null,
  ...(load !== undefined && { load }),
});

const matches = (post: Post, text: string): boolean => `${post.title} ${post.unitName} ${post.holder?.name ?? ""}`.toLowerCase().includes(text.trim().toLowerCase());

/** Pickers over posts and other governments. */
export const organisationRoutes: readonly Route[] = [
  query("office.posts", async (tx, input, by) => {
    const text = input.q ?? "";
    const posts =
      input.scope === "all" ? await searchPosts(tx, by.tenantId, text, by.at) : (await (input.scope === "below" ? postsBelow(tx, by.tenantId, by.positionId, by.at) : postsOfUnit(tx, by.tenantId, by.unitId, by.at))).filter((post) => matches(post, text));
    const shown = posts.slice(0, 50);
    const loads = shown.length === 0 ? [] : await tx.selectFrom("duty").select(["position_id", (e) => e.fn.countAll<string>().as("n")]).where("tenant_id", "=", by.tenantId).where("position_id", "in", shown.map((post) => post.id)).groupBy("position_id").execute();
    return shown.map((post) => postView(post, Number(loads.find((row) => row.position_id === post.id)?.n ?? 0)));
  }),
  query("office.partners", async (tx, input, by) => {
    const rows = await partners(tx, by.tenantId, input.q ?? "");
    return rows.map((row) => ({ tenantId: row.tenant_id, name: row.name, kind: row.kind }));
  }),
];
