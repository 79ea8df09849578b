import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { tell, toldTypes } from "./sentences.ts";

const source = new URL("../", import.meta.url);
const kinds = "received|disposition|draft|issued|parcel|request|dossier|account|credential|unit|position|person|holding|delegation|policy|handover|class_right|inspection|inspection_look|emergency|secret_reading|seal_key|finding|flag_rule|saved_query|sample";

/** Every event type that any module's source writes. */
const writtenTypes = async (): Promise<ReadonlySet<string>> => {
  const types = new Set<string>();
  for (const name of await readdir(source, { recursive: true })) {
    if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
    const text = await readFile(new URL(name, source), "utf8");
    for (const [, type] of text.matchAll(new RegExp(`type: "((?:${kinds})\\.[a-z_]+)"`, "g"))) if (type !== undefined) types.add(type);
  }
  return types;
};

test("every event that a module can write has a sentence", async () => {
  const types = await writtenTypes();
  assert.ok(types.has("received.registered") && types.has("disposition.given"), "the search finds events");
  assert.deepEqual([...types].filter((type) => !toldTypes.has(type)), []);
});

test("a registration names its agenda number and the reason for a separate entry", () => {
  assert.deepEqual(tell("received.registered", { type: "received.registered", agenda: 41, separateBecause: "" }), { sentence: { id: "mencatat surat, agenda 0041.", en: "registered the letter, agenda 0041." }, reason: null });
  assert.deepEqual(tell("received.registered", { type: "received.registered", agenda: 12345, separateBecause: "ralat pengirim" }), { sentence: { id: "mencatat surat, agenda 12345.", en: "registered the letter, agenda 12345." }, reason: { id: "ralat pengirim", en: "ralat pengirim" } });
});

test("a disposisi names the responsible post first and counts the rest", () => {
  const to = ["Asisten I", "Camat", "Kabag", "Kepala Dinas"].map((title, index) => ({ title, responsible: index === 3 }));
  assert.deepEqual(tell("received.disposed", { to }).sentence, { id: "mendisposisikan surat kepada Kepala Dinas (penanggung jawab), Asisten I, dan 2 jabatan lain.", en: "disposed the letter to Kepala Dinas (responsible), Asisten I, and 2 more posts." });
  assert.equal(tell("received.disposed", { to: to.slice(0, 2) }).sentence.id, "mendisposisikan surat kepada Asisten I, Camat.");
});

test("an erased body leaves the act without its words", () => {
  assert.equal(tell("received.closed", null).reason, null);
  assert.match(tell("received.closed", null).sentence.id, /dihapus/);
  assert.match(tell("received.closed", null).sentence.en, /erased/);
});

test("every sentence ends as a sentence, also when the body lacks what it names", () => {
  for (const type of toldTypes) for (const said of Object.values(tell(type, { type }).sentence)) assert.match(said, /^[a-z].*\.$/, type);
});

test("every sentence is said in both languages", () => {
  for (const type of toldTypes) {
    const { id, en } = tell(type, { type }).sentence;
    assert.ok(id !== en && !en.includes(type), `${type}: ${en}`);
  }
});
