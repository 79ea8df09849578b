import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { systemActor, type Actor, type HoldingKind } from "../kernel/actor.ts";
import { acts, decide, evolve, may, mayWrite, traces, type Content, type DraftCommand, type DraftEvent, type DraftState, type SigningAuthority, type Station } from "./draft.ts";

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

const person = (n: number, name: string, holding: HoldingKind = "definitif", position = n): Actor => ({
  tenantId: id(1), personId: id(100 + n), personName: name, positionId: id(200 + position), positionTitle: `Jabatan ${name}`, unitId: id(2), holding: { id: id(300 + n), kind: holding, basis: holding === "definitif" ? null : "SPT 094/12", scope: null }, asideFor: null,
  functions: [], at: "2026-08-03T02:00:00.000Z", today: "2026-08-03", zone: "WITA", requestId: "uji",
});

const staf = person(1, "staf");
const kasi = person(2, "kasi");
const kabid = person(3, "kabid");
const kadis = person(4, "kadis");
const plh = person(5, "plh", "plh", 4);
const orangLain = person(9, "orang lain");
const plhTerbatas: Actor = { ...plh, personName: "plh terbatas", holding: { ...plh.holding, scope: { types: ["YY"], classifications: [] } } };
const kadisMenepi: Actor = { ...kadis, personName: "kadis menepi", asideFor: "plh" };
const sistem = systemActor(id(1), "2026-08-03T02:00:00.000Z", "2026-08-03", "WITA", "uji");
const people = { staf, kasi, kabid, kadis, plh, "plh terbatas": plhTerbatas, "kadis menepi": kadisMenepi, orangLain };

const content: Content = { subject: "Undangan rapat", security: "B", urgency: "biasa", classification: "000.1.5", attachment: "", place: "", to: [{ kind: "external", label: "Camat Sepaku", email: null, place: "" }], cc: [], body: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "Isi." }] }] }, fields: {} };
const summary = { subject: content.subject, to: "Camat Sepaku", security: "B", urgency: "biasa" } as const;
const station = (by: Actor, kind: Station["kind"], held = true): Station => ({ positionId: by.positionId, title: by.positionTitle, kind, held });
const chain: readonly Station[] = [station(kasi, "paraf"), station(kabid, "paraf"), station(kadis, "tanda_tangan")];

const create: DraftCommand = { type: "create", kind: "XX", kindTitle: "Surat Uji", mayApproveOwn: false, unitId: id(2), unitName: "Bidang", officeId: id(3), answers: null, origin: null, summary };
const submit = (hash: string, more: Partial<Extract<DraftCommand, { type: "submit" }>> = {}): DraftCommand => ({ type: "submit", content, hash, summary, isComplete: true, chain, note: "", ...more });
const approve = (hash: string): DraftCommand => ({ type: "approve", contentHash: hash, note: "" });
const freeze = (hash: string, authority: Partial<SigningAuthority> = {}): DraftCommand => ({
  type: "freeze", contentHash: hash, authority: { answersForPost: true, beyondMandate: ["800.1.3", "000.8.1", "900.1.1"], isDelegated: true, ...authority },
  frozen: { series: "naskah/x/2026", n: 45, number: "000.1.5/045/X/2026", date: "2026-08-03", code: "ABCDEFGHJK", authority: "Pejabat definitif", signatureLines: ["KEPALA,"], input: {} },
});
const rendered: DraftCommand = { type: "rendered", rendered: { sha256: "f".repeat(64), pages: 1, size: 1000 } };
const sign: DraftCommand = { type: "sign", sha256: "f".repeat(64), hasCertificate: true, signed: { sha256: "e".repeat(64), size: 2000, pages: 1, serial: "01", issuer: "CA", development: true } };

const intend = (intentId = id(70)): DraftCommand => ({ type: "intend", id: intentId, sha256: "f".repeat(64), hasCertificate: true, needsSecret: true });
const fail = (code: string): DraftCommand => ({ type: "failSigning", code });
const settle = (found: Extract<DraftCommand, { type: "settleIntent" }>["found"], intentId = id(70)): DraftCommand => ({ type: "settleIntent", id: intentId, found });

const refusal = (state: DraftState | null, command: DraftCommand, by: Actor): string => {
  const decision = decide(state, command, by);
  return "refused" in decision ? decision.refused : "";
};

const run = (given: readonly (readonly [DraftCommand, Actor])[], start: DraftState | null = null): DraftState => {
  const after = given.reduce<DraftState | null>((state, [command, by]) => {
    const decision = decide(state, command, by);
    assert.ok("events" in decision, `${command.type} by ${by.personName}: ${JSON.stringify(decision)}`);
    return decision.events.reduce<DraftState | null>(evolve, state);
  }, start);
  assert.ok(after !== null);
  return after;
};

const konsep = run([[create, staf]]);
const paraf1 = run([[submit("h1"), staf]], konsep);
const paraf2 = run([[approve("h1"), kasi]], paraf1);
const perbaikan = run([[{ type: "giveBack", note: "Perbaiki alinea 2" }, kabid]], paraf2);
const menunggu = run([[approve("h1"), kabid]], paraf2);
const bekuTanpaPdf = run([[freeze("h1"), kadis]], menunggu);
const beku = run([[rendered, kadis]], bekuTanpaPdf);
const berniat = run([[intend(), kadis]], beku);
const menungguPenyedia = run([[fail("TEMPORARY"), kadis]], berniat);
const menungguSandi = run([[settle("back"), sistem]], menungguPenyedia);
const takPasti = run([[fail("OUTCOME_UNKNOWN"), kadis]], berniat);
const gugur = run([[settle({ lapsed: "mandate_over" }), sistem]], menungguPenyedia);
const ditandatangani = run([[sign, kadis]], beku);
const dibatalkan = run([[{ type: "cancel", reason: "Salah alamat" }, kadis]], beku);
const states = { "belum ada": null, konsep, "paraf 1": paraf1, "paraf 2": paraf2, perbaikan, menunggu_ttd: menunggu, "beku tanpa PDF": bekuTanpaPdf, beku, "niat berjalan": berniat, "niat menunggu penyedia": menungguPenyedia, "niat menunggu sandi": menungguSandi, "niat tak pasti": takPasti, "niat gugur": gugur, ditandatangani, dibatalkan };

const commands: readonly (readonly [string, DraftCommand])[] = [
  ["buat", create],
  ["ajukan", submit("h2")],
  ["ajukan naskah belum lengkap", submit("h2", { isComplete: false })],
  ["ajukan, jabatan paraf kosong", submit("h2", { chain: [station(kasi, "paraf", false), station(kadis, "tanda_tangan")] })],
  ["ajukan, penanda tangan kosong", submit("h2", { chain: [station(kasi, "paraf"), station(kadis, "tanda_tangan", false)] })],
  ["tarik", { type: "withdraw" }],
  ["paraf versi ini", approve("h1")],
  ["paraf versi lain", approve("h0")],
  ["kembalikan", { type: "giveBack", note: "Perbaiki" }],
  ["kembalikan tanpa catatan", { type: "giveBack", note: "" }],
  ["batalkan", { type: "cancel", reason: "Tidak jadi" }],
  ["batalkan tanpa alasan", { type: "cancel", reason: "" }],
  ["bekukan", freeze("h1")],
  ["bekukan versi lain", freeze("h0")],
  ["catat PDF", rendered],
  ["berniat tanda tangan", intend(id(71))],
  ["berniat atas berkas lain", { type: "intend", id: id(71), sha256: "0".repeat(64), hasCertificate: true, needsSecret: true }],
  ["penyedia gagal", fail("TEMPORARY")],
  ["sandi salah", fail("WRONG_SECRET")],
  ["penyedia kembali", settle("back")],
  ["jawaban hilang", settle("lost")],
  ["niat gugur", settle({ lapsed: "mandate_over" })],
  ["niat lain gugur", settle({ lapsed: "mandate_over" }, id(72))],
  ["tanda tangani", sign],
  ["tanda tangani berkas lain", { ...sign, sha256: "0".repeat(64) }],
  ["tanda tangani tanpa sertifikat", { ...sign, hasCertificate: false }],
];

const outcome = (state: DraftState | null, command: DraftCommand, by: Actor): string => {
  const decision = decide(state, command, by);
  if ("refused" in decision) return decision.refused;
  return decision.events.length === 0 ? "(sudah demikian)" : decision.events.map((event) => event.type).join(" + ");
};

const matrix = (): string => {
  const lines = ["# keadaan × perintah × orang → hasil; dibuat oleh draft.test.ts, dibaca saat penelaahan"];
  for (const [name, state] of Object.entries(states)) {
    lines.push("", `## ${name}`);
    for (const [said, command] of commands) {
      const outcomes = new Map<string, string[]>();
      for (const [who, by] of Object.entries(people)) outcomes.set(outcome(state, command, by), [...(outcomes.get(outcome(state, command, by)) ?? []), who]);
      lines.push(`${said.padEnd(34)} ${[...outcomes].map(([result, who]) => `${outcomes.size === 1 ? "semua" : who.join(", ")}: ${result}`).join(" | ")}`);
    }
    if (state !== null) lines.push(`boleh${" ".repeat(30)}${Object.entries(people).map(([who, by]) => `${who}: ${may(state, by).join(" ") || "-"}`).join(" | ")}`);
  }
  return `${lines.join("\n")}\n`;
};

describe("a draft", () => {
  it("decides every command in every state for every person as the golden matrix says", async () => {
    const path = new URL("draft.golden.txt", import.meta.url);
    if (process.env["UPDATE_GOLDEN"] === "1") await writeFile(path, matrix());
    assert.equal(matrix(), await readFile(path, "utf8"));
  });

  it("goes from first text to signature along its chain", () => {
    assert.deepEqual(Object.values(states).map((state) => state?.status ?? null), [null, "konsep", "paraf", "paraf", "perbaikan", "menunggu_ttd", "beku", "beku", "beku", "beku", "beku", "beku", "beku", "ditandatangani", "dibatalkan"]);
    assert.deepEqual(ditandatangani.steps.map((step) => step.state), ["disetujui", "disetujui", "disetujui"]);
  });

  it("voids the parafs on another text when a new version goes up, and keeps those on the same text", () => {
    const again = run([[submit("h2"), staf]], perbaikan);
    assert.deepEqual(again.steps.map((step) => step.state), ["gugur", "menunggu", "menunggu"]);
    assert.equal(again.version, 2);
    assert.equal(refusal(again, approve("h1"), kasi), "text_changed");
    assert.equal(refusal(again, approve("h2"), kabid), "not_your_turn");
    const same = run([[submit("h1"), staf]], perbaikan);
    assert.deepEqual(same.steps.map((step) => step.state), ["disetujui", "menunggu", "menunggu"]);
    assert.equal(same.version, 1);
  });

  it("names the voided posts in an event", () => {
    const decision = decide(perbaikan, submit("h2"), staf);
    assert.ok("events" in decision);
    assert.deepEqual(decision.events.flatMap((event) => (event.type === "draft.parafs_voided" ? event.posts : [])), [kasi.positionTitle]);
  });

  it("keeps its number when the signer returns it after freezing", () => {
    const back = run([[{ type: "giveBack", note: "Tanggal salah" }, kadis]], beku);
    assert.equal(back.status, "perbaikan");
    assert.equal(back.frozen?.n, 45);
    assert.equal(back.rendered, null);
    assert.equal(refusal(back, { type: "cancel", reason: "x" }, staf), "not_yours");
  });

  it("refuses a drafter's own paraf given through another post, unless the type allows it", () => {
    const stafAsKasi: Actor = { ...staf, positionId: kasi.positionId };
    assert.equal(refusal(paraf1, approve("h1"), stafAsKasi), "own_text");
    assert.equal(refusal({ ...paraf1, mayApproveOwn: true }, approve("h1"), stafAsKasi), "");
  });

  it("lets the drafter sign alone when he is the whole chain", () => {
    const alone = run([[create, kadis], [submit("h1", { chain: [station(kadis, "tanda_tangan")] }), kadis], [freeze("h1"), kadis], [rendered, kadis], [sign, kadis]]);
    assert.equal(alone.status, "ditandatangani");
  });

  it("stops a Plh. at decisions beyond a mandate (UU 30/2014 Ps. 14(7)), not at others", () => {
    const appointment = { ...menunggu, content: { ...content, classification: "800.1.3.3" } };
    assert.equal(refusal(appointment, freeze("h1"), plh), "mandate_exceeded");
    assert.equal(refusal(appointment, freeze("h1"), kadis), "");
    assert.equal(refusal(menunggu, freeze("h1"), plh), "");
    const like = { ...menunggu, content: { ...content, classification: "800.1.31" } };
    assert.equal(refusal(like, freeze("h1"), plh), "");
  });

  it("keeps a mandate within its scope, and the holder out of the post while another acts in it", () => {
    assert.equal(refusal(menunggu, freeze("h1"), plhTerbatas), "outside_scope");
    assert.equal(refusal(menunggu, freeze("h1"), { ...plhTerbatas, holding: { ...plh.holding, scope: { types: ["XX"], classifications: ["000.1"] } } }), "");
    assert.equal(refusal(menunggu, freeze("h1"), { ...plhTerbatas, holding: { ...plh.holding, scope: { types: [], classifications: ["800"] } } }), "outside_scope");
    assert.equal(refusal(paraf1, approve("h1"), { ...kasi, holding: { ...kasi.holding, scope: { types: ["YY"], classifications: [] } } }), "outside_scope");
    for (const command of [freeze("h1", { answersForPost: false }), { type: "giveBack", note: "Perbaiki" }, { type: "cancel", reason: "Batal" }] as const) assert.equal(refusal(menunggu, command, kadisMenepi), "stands_aside");
    assert.equal(refusal(beku, sign, kadisMenepi), "stands_aside");
    assert.equal(refusal(paraf1, approve("h1"), { ...kasi, asideFor: "plh" }), "stands_aside");
  });

  it("prints a.n. or u.b. only where it is delegated", () => {
    const inName = run([[submit("h1", { content: { ...content, onBehalf: true } }), staf], [approve("h1"), kasi], [approve("h1"), kabid]], konsep);
    assert.equal(refusal(inName, freeze("h1", { isDelegated: false }), kadis), "no_delegation");
    assert.equal(refusal(inName, freeze("h1"), kadis), "");
    assert.equal(refusal(menunggu, freeze("h1", { isDelegated: false }), kadis), "", "a letter in one's own name needs none");
  });

  it("lets nobody but the person who froze it sign the frozen file", () => {
    assert.equal(refusal(beku, sign, plh), "not_yours");
    // The same person, but no longer in the way that the paper says: what was printed over the signature would be untrue.
    assert.equal(refusal(beku, sign, { ...kadis, holding: { ...kadis.holding, kind: "plt" } }), "not_yours");
    assert.equal(refusal(beku, sign, { ...kadis, holding: { ...kadis.holding, basis: "SK lain" } }), "not_yours");
    assert.equal(refusal(beku, sign, kadis), "");
  });

  it("does not let the holder sign while another answers for his post", () => {
    assert.equal(refusal(menunggu, freeze("h1", { answersForPost: false }), kadis), "stands_aside");
  });

  it("shows itself to a post of the chain from its turn on, and waits on exactly one desk", () => {
    const readers = (state: DraftState): readonly string[] => traces(id(7), state).readers.map((reader) => reader.holder);
    assert.ok(!readers(paraf1).includes(`position:${kabid.positionId}`));
    assert.ok(readers(paraf2).includes(`position:${kabid.positionId}`));
    assert.ok(!readers(paraf2).includes(`position:${kadis.positionId}`));
    const desks = Object.values(states).map((state) => traces(id(7), state).duties.map((duty) => [duty.act, duty.positionId]));
    assert.deepEqual(desks, [[], [["susun", staf.positionId]], [["paraf", kasi.positionId]], [["paraf", kabid.positionId]], [["susun", staf.positionId]], [["tanda_tangan", kadis.positionId]], [["tanda_tangan", kadis.positionId]], [["tanda_tangan", kadis.positionId]], ...Array.from({ length: 5 }, () => [["tanda_tangan", kadis.positionId]]), [], []]);
  });

  it("offers exactly what the rules do not refuse", () => {
    for (const state of Object.values(states)) {
      if (state === null) continue;
      for (const by of Object.values(people)) assert.equal(may(state, by).includes("write"), !("refused" in mayWrite(state, by)));
    }
    assert.deepEqual(acts.filter((act) => may(beku, kadis).includes(act)), ["giveBack", "freeze", "sign", "cancel"]);
  });

  it("keeps what its signer meant while the provider is away, and the first moment of it when he says it again", () => {
    const { intent } = menungguPenyedia;
    assert.deepEqual([intent?.state, intent?.signer.personId, intent?.sha256, intent?.at, menungguPenyedia.status], ["menunggu_penyedia", kadis.personId, "f".repeat(64), kadis.at, "beku"]);
    const again = run([[intend(id(71)), { ...kadis, at: "2026-08-03T05:00:00.000Z" }]], menungguSandi);
    assert.deepEqual([again.intent?.id, again.intent?.at, again.intent?.state], [id(70), kadis.at, "berjalan"]);
    assert.equal(run([[sign, kadis]], again).intent, undefined, "a signed letter means nothing more");
    assert.equal(run([[{ type: "giveBack", note: "x" }, kadis]], menungguPenyedia).intent, undefined);
    assert.equal(run([[fail("WRONG_SECRET"), kadis]], berniat).intent, undefined, "a wrong secret is no intent");
  });

  it("is told by the system alone what became of an intent, each thing once, and of no other intent", () => {
    const said = (state: DraftState, command: DraftCommand): string => outcome(state, command, sistem);
    assert.deepEqual([said(menungguPenyedia, settle("back")), said(menungguSandi, settle("back")), said(berniat, settle("back")), said(beku, settle("back"))], ["draft.sign_ready", "(sudah demikian)", "(sudah demikian)", "(sudah demikian)"]);
    assert.deepEqual([said(berniat, settle("lost")), said(menungguPenyedia, settle("lost"))], ["draft.sign_lost", "(sudah demikian)"]);
    assert.deepEqual([said(menungguSandi, settle({ lapsed: "mandate_over" })), said(gugur, settle({ lapsed: "mandate_over" })), said(menungguPenyedia, settle({ lapsed: "mandate_over" }, id(99)))], ["draft.sign_lapsed", "(sudah demikian)", "(sudah demikian)"]);
    assert.deepEqual([gugur.intent?.reason, refusal(menungguPenyedia, settle("back"), kadis)], ["mandate_over", "not_yours"]);
  });

  it("says on the signer's desk what a meant signature waits for", () => {
    const detail = (state: DraftState): readonly unknown[] => traces(id(7), state).duties.map((duty) => [duty.detail.replace(/^Nomor \S+: /, ""), duty.unread]).flat();
    assert.deepEqual([menungguPenyedia, menungguSandi, takPasti, gugur].map(detail), [
      ["menunggu penyedia tanda tangan; kata sandi akan diminta lagi", false], ["penyedia tanda tangan sudah kembali; masukkan kata sandi sekali lagi", true],
      ["jawaban penyedia tidak sampai; periksa, lalu tanda tangani lagi", true], ["niat kadis gugur; kembalikan, lalu bekukan lagi", true],
    ]);
  });

  it("is rebuilt by its events alone", () => {
    const events: DraftEvent[] = [];
    let state: DraftState | null = null;
    for (const [command, by] of [[create, staf], [submit("h1"), staf], [approve("h1"), kasi], [{ type: "giveBack", note: "x" }, kabid], [submit("h2"), staf], [approve("h2"), kasi], [approve("h2"), kabid], [freeze("h2"), kadis], [rendered, kadis], [intend(), kadis], [fail("TEMPORARY"), kadis], [settle("back"), sistem], [intend(id(71)), kadis], [sign, kadis]] as const) {
      const decision = decide(state, command, by);
      assert.ok("events" in decision);
      events.push(...decision.events);
      state = decision.events.reduce<DraftState | null>(evolve, state);
    }
    const stored: readonly DraftEvent[] = JSON.parse(JSON.stringify(events));
    assert.deepEqual(stored.reduce<DraftState | null>(evolve, null), JSON.parse(JSON.stringify(state)));
  });
});
