import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, Unreachable } from "../kernel/api.ts";
import { memoryOver } from "../kernel/memory.ts";
import { typedTextOf, type TypedTextShelf } from "../kernel/typed-text.ts";
import type { Content } from "./draft-view.ts";
import { keepText, type KeeperWorld, type Stored } from "./text-keeper.ts";

const content = (subject: string): Content => ({ subject, security: "B", urgency: "biasa", classification: null, attachment: "", place: "", to: [], cc: [], body: { type: "doc" }, fields: {} });
const stored = (revision: number, subject: string): Stored => ({ revision, content: content(subject), contentHash: "", problems: [] });

const shelfInMemory = (): TypedTextShelf => {
  const map = new Map<string, string>();
  const area: Storage = { get length() { return map.size; }, clear: () => map.clear(), getItem: (key) => map.get(key) ?? null, key: (index) => [...map.keys()][index] ?? null, removeItem: (key) => void map.delete(key), setItem: (key, value) => void map.set(key, value) };
  return typedTextOf("andi", memoryOver(() => area), () => new Date(Date.parse("2026-11-24T06:05:00Z")));
};

/** A server with one text, and a clock that moves only when told. */
const world = (first: Stored, shelf = shelfInMemory()) => {
  let server = first;
  let isReachable = true;
  let planned: (() => void) | undefined;
  const written: string[] = [];
  const given: KeeperWorld = {
    shelf,
    write: async (revision, next) => {
      if (!isReachable) throw new Unreachable("tidak terjangkau");
      if (revision !== server.revision) throw new Refused({ status: 409, title: "Orang lain lebih dulu", code: "stale" });
      server = { revision: revision + 1, content: next, contentHash: "", problems: [] };
      written.push(next.subject);
      return { revision: server.revision, contentHash: "", problems: [] };
    },
    read: async () => server,
    later: (work) => {
      planned = work;
      return () => (planned = undefined);
    },
    now: () => new Date(Date.parse("2026-11-24T06:05:00Z")),
  };
  return {
    given,
    shelf,
    written,
    cut: (isCut: boolean) => (isReachable = !isCut),
    other: (next: Stored) => (server = next),
    pause: () => planned?.(),
    hasPlan: () => planned !== undefined,
  };
};

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

test("what is typed is on the device at once and at the server after a pause", async () => {
  const here = world(stored(1, ""));
  const keeper = keepText("n1", stored(1, ""), here.given);
  keeper.start();
  keeper.change({ subject: "Undangan" });
  assert.equal(keeper.kept.get().where.kind, "device");
  assert.equal(here.shelf.count(), 1);
  here.pause();
  await settled();
  assert.deepEqual(here.written, ["Undangan"]);
  assert.equal(keeper.kept.get().where.kind, "stored");
  assert.equal(here.shelf.count(), 0, "nothing is left on the device once the server has it");
});

test("words typed while saving are saved in the next round, against the new revision", async () => {
  const here = world(stored(1, ""));
  const keeper = keepText("n1", stored(1, ""), here.given);
  keeper.start();
  keeper.change({ subject: "Satu" });
  const first = keeper.flush();
  keeper.change({ subject: "Satu dua" });
  assert.equal((await first).revision, 3);
  assert.deepEqual(here.written, ["Satu", "Satu dua"]);
});

test("without network the text stays on the device, comes back at the next visit, and is sent then", async () => {
  const here = world(stored(1, ""));
  const keeper = keepText("n1", stored(1, ""), here.given);
  keeper.start();
  here.cut(true);
  keeper.change({ subject: "Di jalan" });
  await assert.rejects(keeper.flush(), Unreachable);
  assert.equal(keeper.kept.get().where.kind, "device");
  keeper.stop();
  await settled();
  here.cut(false);
  const again = keepText("n1", stored(1, ""), here.given);
  assert.equal(again.kept.get().content.subject, "Di jalan");
  again.start();
  assert.ok(here.hasPlan(), "it is sent without another keystroke");
  here.pause();
  await settled();
  assert.deepEqual(here.written, ["Di jalan"]);
});

test("someone else's words are never overwritten unasked: the conflict shows both, and the person decides", async () => {
  const here = world(stored(1, "lama"));
  const keeper = keepText("n1", stored(1, "lama"), here.given);
  keeper.start();
  here.other(stored(2, "dari Rina"));
  keeper.change({ subject: "dari Andi" });
  await assert.rejects(keeper.flush(), Refused);
  const { where } = keeper.kept.get();
  assert.equal(where.kind === "conflict" && where.theirs.content.subject, "dari Rina");
  assert.deepEqual(here.written, []);
  keeper.change({ subject: "dari Andi, lanjut" });
  assert.equal(keeper.kept.get().where.kind, "conflict", "typing on does not hide it");
  keeper.settle("mine");
  here.pause();
  await settled();
  assert.deepEqual(here.written, ["dari Andi, lanjut"]);
});

test("choosing theirs replaces the text on screen, and the editor is told", async () => {
  const here = world(stored(1, "lama"));
  const keeper = keepText("n1", stored(1, "lama"), here.given);
  here.other(stored(2, "dari Rina"));
  keeper.change({ subject: "dari Andi" });
  await assert.rejects(keeper.flush(), Refused);
  keeper.settle("theirs");
  assert.deepEqual([keeper.kept.get().content.subject, keeper.kept.get().edition], ["dari Rina", 1]);
  assert.equal(here.shelf.count(), 0);
});

test("text left on the device under an older revision meets the newer one as a conflict", () => {
  const here = world(stored(1, "lama"));
  const keeper = keepText("n1", stored(1, "lama"), here.given);
  keeper.change({ subject: "dari Andi" });
  const later = keepText("n1", stored(5, "dari Rina"), here.given);
  assert.equal(later.kept.get().where.kind, "conflict");
  assert.equal(later.kept.get().content.subject, "dari Andi");
});

test("a refusal is shown in the server's sentence and the text stays on the device", async () => {
  const here = world(stored(1, ""));
  const keeper = keepText("n1", stored(1, ""), { ...here.given, write: () => Promise.reject(new Refused({ status: 400, title: "Isian salah", code: "malformed", fields: [{ path: "content.subject", message: "paling banyak 500 huruf" }] })) });
  keeper.change({ subject: "x" });
  await assert.rejects(keeper.flush(), Refused);
  assert.deepEqual(keeper.kept.get().where, { kind: "refused", sentence: "Isian salah (paling banyak 500 huruf)" });
  assert.equal(here.shelf.count(), 1);
});

test("an older answer of the server does not undo a newer text", async () => {
  const here = world(stored(1, ""));
  const keeper = keepText("n1", stored(1, ""), here.given);
  keeper.change({ subject: "Undangan" });
  await keeper.flush();
  keeper.seen(stored(1, ""));
  assert.equal(keeper.kept.get().content.subject, "Undangan");
});

test("typed and taken back again: what the server has is said to be stored, not to be on this device only", async () => {
  const here = world(stored(1, ""));
  const keeper = keepText("n1", stored(1, ""), here.given);
  keeper.start();
  keeper.change({ subject: "x" });
  keeper.change({ subject: "" });
  here.pause();
  await settled();
  assert.deepEqual(here.written, []);
  assert.equal(keeper.kept.get().where.kind, "stored");
});

test("the same text with its names in another order, as a database gives it back, is the same text", async () => {
  const body = { type: "doc" as const, content: [{ type: "paragraph", content: [{ type: "text", text: "Siap." }] }] };
  const turned = { content: [{ content: [{ text: "Siap.", type: "text" }], type: "paragraph" }], type: "doc" as const };
  const here = world(stored(1, ""));
  const keeper = keepText("n1", stored(1, ""), here.given);
  keeper.change({ body });
  await keeper.flush();
  const before = keeper.kept.get();
  keeper.seen({ ...before.stored, content: { ...before.content, body: turned } });
  assert.equal(keeper.kept.get().edition, before.edition, "an editor that is made anew would lose the cursor and everything that can be undone");

  here.shelf.keep("naskah.n1", { revision: 1, content: before.content });
  const again = keepText("n1", { ...before.stored, content: { ...before.content, body: turned } }, here.given);
  assert.equal(again.kept.get().where.kind, "stored", "an answer that was lost on the way is no conflict");
});

test("a server that fails is asked again without another keystroke; a refusal is not", async () => {
  for (const [status, isAskedAgain] of [[500, true], [502, true], [503, true], [429, true], [400, false], [403, false]] as const) {
    const here = world(stored(1, ""));
    const keeper = keepText("n1", stored(1, ""), { ...here.given, write: () => Promise.reject(new Refused({ status, title: "Coba lagi sebentar." })) });
    keeper.start();
    keeper.change({ subject: "x" });
    here.pause();
    await settled();
    assert.equal(here.hasPlan(), isAskedAgain, String(status));
    assert.equal(keeper.kept.get().where.kind, isAskedAgain ? "device" : "refused", String(status));
  }
});

test("whoever does not sign in again keeps the text on this device, and is not told that it is lost", async () => {
  const here = world(stored(1, ""));
  const keeper = keepText("n1", stored(1, ""), { ...here.given, write: () => Promise.reject(new Refused({ status: 401, title: "Sesi Anda berakhir.", code: "not_signed_in" })) });
  keeper.start();
  keeper.change({ subject: "x" });
  await assert.rejects(keeper.flush(), Refused);
  assert.equal(keeper.kept.get().where.kind, "device");
  assert.equal(here.hasPlan(), false, "the dialog that was closed does not come back by itself");
});

test("a device that refuses is said so also while the text is being sent, and the text stays at risk until the server has it", async () => {
  const here = world(stored(1, ""));
  const full: TypedTextShelf = { ...here.shelf, keep: () => undefined };
  const keeper = keepText("n1", stored(1, ""), { ...here.given, shelf: full, write: () => Promise.reject(new Unreachable("tidak terjangkau")) });
  keeper.start();
  keeper.change({ subject: "x" });
  assert.equal(keeper.isAtRisk(), true);
  await assert.rejects(keeper.flush(), Unreachable);
  assert.equal(keeper.kept.get().where.kind, "lost");
  assert.equal(keeper.isAtRisk(), true);

  const safe = keepText("n2", stored(1, ""), here.given);
  safe.change({ subject: "x" });
  assert.equal(safe.isAtRisk(), false, "what is on the device survives a closed page");
});

test("theirs was chosen by mistake: mine comes back, and is sent", async () => {
  const here = world(stored(1, "lama"));
  const keeper = keepText("n1", stored(1, "lama"), here.given);
  here.other(stored(2, "dari Rina"));
  keeper.change({ subject: "dari Andi" });
  await assert.rejects(keeper.flush(), Refused);
  const undo = keeper.settle("theirs");
  assert.equal(keeper.kept.get().content.subject, "dari Rina");
  undo();
  assert.deepEqual([keeper.kept.get().content.subject, keeper.kept.get().where.kind, keeper.kept.get().edition], ["dari Andi", "device", 2]);
  await keeper.flush();
  assert.deepEqual(here.written, ["dari Andi"]);
});
