import assert from "node:assert/strict";
import type { contract, Input } from "@lontar/contract";
import { letterTypes } from "@lontar/naskah";
import { realSource } from "../src/kernel/ids.ts";
import { demoPassphrase } from "../src/seed/seed.ts";
import type { Client } from "./http.ts";

type Content = Input<(typeof contract)["drafts.write"]>["content"];

/** A nota of the kepala dinas to the sekda, and to others in copy, that waits for nothing but her signature; `more` says what else stands in it. */
export const draftReadyToSign = async (kadis: Client, cc: Content["cc"] = [], more: Partial<Content> = {}): Promise<{ readonly id: string; readonly hash: string }> => {
  const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
  const sekda = (await kadis.call("office.posts", { q: "Sekretaris Daerah" })).body.find((post) => post.title === "Sekretaris Daerah") ?? assert.fail("no sekda");
  const id = realSource.id();
  await kadis.call("drafts.create", { id, type: nota.code, replyTo: null });
  const { body: view } = await kadis.call("drafts.show", { id });
  const content = { ...view.content, subject: "Kesiapan jaringan", classification: "000.1.1", to: [{ kind: "post" as const, positionId: sekda.id, label: sekda.title }], cc, body: { type: "doc" as const, content: [{ type: "paragraph", content: [{ type: "text", text: "Siap." }] }] }, ...more };
  const written = await kadis.call("drafts.write", { id, revision: view.revision, content });
  assert.equal((await kadis.call("drafts.submit", { id, revision: written.body.revision })).status, 200);
  return { id, hash: written.body.contentHash };
};

/** Signs it, as the sign dialog does: the frozen bytes by their hash. */
export const signReady = async (kadis: Client, { id, hash }: { readonly id: string; readonly hash: string }): Promise<{ readonly number: string; readonly sha256: string }> => {
  const { body: frozen } = await kadis.call("drafts.freeze", { id, contentHash: hash });
  const signed = await kadis.call("drafts.sign", { id, sha256: frozen.sha256, passphrase: demoPassphrase("kadis") });
  assert.equal(signed.status, 200, JSON.stringify(signed.problem));
  return { number: frozen.number, sha256: signed.body.sha256 };
};
