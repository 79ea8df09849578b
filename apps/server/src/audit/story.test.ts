import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { storySchema, type Story } from "@lontar/contract";
import { cosignatureScheme, ed25519Scheme, formatPolicy, parsePolicy, type LogTrust } from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { realSource } from "../kernel/ids.ts";
import { seedId } from "../seed/office.ts";
import { startTestServer, type Client, type TestServer } from "../../test/http.ts";
import { until } from "../../test/until.ts";
import { verifyFile } from "../verify.ts";
import { checkStory } from "./check-story.ts";

describe("a copy of a letter's story", () => {
  let server: TestServer;
  let clerk: Client;
  let letter: string;
  let trust: LogTrust;
  let story: Story;

  const copyFor = async (client: Client): Promise<Story> => {
    const { status, bytes } = await client.call("received.story", { id: letter, as: "json" });
    assert.equal(status, 200);
    return storySchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  };

  before(async () => {
    server = await startTestServer("story");
    clerk = await server.signIn("tusetda");
    letter = realSource.id();
    assert.equal((await clerk.upload(letter, "surat.pdf", plainPdf(["Permintaan data"]))).status, 200);
    const facts = { sender: "Dinas Kominfo Provinsi", number: "005/88/KOMINFO/2026", date: "2026-11-20", subject: "Permintaan data jaringan desa", receivedOn: "2026-11-24", classification: "000.1.5" };
    assert.equal((await clerk.call("received.register", { id: letter, facts })).status, 200);
    const [sekda] = (await clerk.call("office.posts", { q: "Sekretaris Daerah" })).body;
    assert.equal((await clerk.call("received.direct", { id: letter, positionId: sekda?.id ?? "" })).status, 200);
    story = await until(async () => {
      const told = await copyFor(clerk);
      return told.entries.every((entry) => entry.evidence !== null) ? told : undefined;
    }, "every act is in the published log");
    const policy = parsePolicy(new TextDecoder().decode((await server.anyone.call("open.logPolicy", { tenant: seedId("tenant/ppu") })).bytes));
    if ("refused" in policy) assert.fail(policy.refused);
    trust = { policy: policy.value, schemes: [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)] };
  });
  after(() => server.close());

  test("tells every act, oldest first, and each is proved without asking the office", async () => {
    assert.deepEqual(story.entries.map(({ type }) => type).slice(0, 3), ["received.uploaded", "received.registered", "received.directed"]);
    assert.equal(story.letter.number, "005/88/KOMINFO/2026");
    const { acts } = await checkStory(story, trust);
    assert.deepEqual([...new Set(acts.map(({ state }) => state))], ["proved"]);
  });

  test("each alteration of the copy is named", async () => {
    const [first, second] = story.entries;
    if (first?.evidence == null || second?.evidence == null) assert.fail("no acts");
    const with_ = (entry: Partial<typeof first>): Story => ({ ...story, entries: [{ ...first, ...entry }] });
    const evidence = first.evidence;
    const lies: readonly (readonly [string, Story])[] = [
      ["words", with_({ person: "Orang Lain" })],
      ["words", with_({ post: "Bupati" })],
      ["commitment", with_({ evidence: { ...evidence, salt: "00".repeat(32) } })],
      ["leaf", with_({ evidence: second.evidence })],
      ["leaf", with_({ eventId: second.eventId })],
      ["malformed_proof", with_({ evidence: { ...evidence, proof: "tidak ada" } })],
      ["bad_signature", with_({ evidence: { ...evidence, proof: evidence.proof.replace(/\n(\d+)\n([^\n]+)\n\n—/, (_all, size: string, root: string) => `\n${Number(size) + 1}\n${root}\n\n—`) } })],
      ["not_in_log", with_({ evidence: { ...evidence, proof: evidence.proof.replace(/index \d+/, `index ${evidence.leafIndex + 1}`) } })],
      ["not_in_log", with_({ evidence: { ...evidence, leafIndex: evidence.leafIndex + 1 } })],
      ["another_letter", { ...with_({}), letter: { ...story.letter, id: realSource.id() } }],
    ];
    for (const [why, lie] of lies) assert.deepEqual((await checkStory(lie, trust)).acts, [{ eventId: lie.entries[0]?.eventId, state: "refused", why }], why);
  });

  test("lontar verify tells it act by act, and says what it cannot read", async () => {
    const verify = async (text: string, ...more: readonly string[]): Promise<{ readonly code: number; readonly said: string }> => {
      const said: string[] = [];
      const path = join(server.folder, "jejak.json");
      await writeFile(path, text);
      const code = await verifyFile([path, ...more], server.folder, (line) => void said.push(line));
      return { code, said: said.join("\n") };
    };
    const policy = join(server.folder, "kebijakan");
    await writeFile(policy, formatPolicy(trust.policy));
    const whole = await verify(JSON.stringify(story), "--policy", policy);
    assert.equal(whole.code, 0);
    assert.match(whole.said, /^SAH: \d+ catatan cocok[\s\S]*✓ .*mengarahkan/);
    const altered = await verify(JSON.stringify({ ...story, entries: story.entries.map((entry) => ({ ...entry, person: "Orang Lain" })) }), "--policy", policy);
    assert.equal(altered.code, 1);
    assert.match(altered.said, /TIDAK SAH[\s\S]*✗ [\s\S]*\(words\)/);
    assert.deepEqual(JSON.parse((await verify(JSON.stringify(story), "--policy", policy, "--json")).said).indication, "TOTAL-PASSED");
    assert.equal((await verify(JSON.stringify(story).slice(0, 900), "--policy", policy)).code, 2);
    assert.equal((await verify(JSON.stringify(story))).code, 2, "without a policy nobody is believed");
  });

  test("is printed on the paper of the office under the seal of the government, which names no person", async () => {
    const { status, bytes } = await clerk.call("received.story", { id: letter, as: "pdf" });
    assert.equal(status, 200);
    const said: string[] = [];
    await writeFile(join(server.folder, "jejak.pdf"), bytes);
    assert.equal(await verifyFile([join(server.folder, "jejak.pdf")], server.folder, (line) => void said.push(line)), 0, said.join("\n"));
    assert.match(said.join("\n"), /penanda tangan: Pemerintah Kabupaten Penajam Paser Utara/);
  });

  test("is not found by whoever may not read the letter", async () => {
    const operator = await server.signIn("operator");
    assert.equal((await operator.call("received.story", { id: letter, as: "json" })).status, 404);
    assert.equal((await server.anyone.call("received.story", { id: letter, as: "pdf" })).status, 401);
  });
});
