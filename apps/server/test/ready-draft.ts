import assert from "node:assert/strict";
import { letterTypes } from "@lontar/naskah";
import { realSource } from "../src/kernel/ids.ts";
import type { Client } from "./http.ts";

/** A nota of the kepala dinas to the sekda that waits for nothing but her signature. */
export const draftReadyToSign = async (kadis: Client): Promise<{ readonly id: string; readonly hash: string }> => {
  const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
  const sekda = (await kadis.call("office.posts", { q: "Sekretaris Daerah" })).body.find((post) => post.title === "Sekretaris Daerah") ?? assert.fail("no sekda");
  const id = realSource.id();
  await kadis.call("drafts.create", { id, type: nota.code, replyTo: null });
  const { body: view } = await kadis.call("drafts.show", { id });
  const content = { ...view.content, subject: "Kesiapan jaringan", classification: "000.1.1", to: [{ kind: "post" as const, positionId: sekda.id, label: sekda.title }], body: { type: "doc" as const, content: [{ type: "paragraph", content: [{ type: "text", text: "Siap." }] }] } };
  const written = await kadis.call("drafts.write", { id, revision: view.revision, content });
  assert.equal((await kadis.call("drafts.submit", { id, revision: written.body.revision })).status, 200);
  return { id, hash: written.body.contentHash };
};
